package virga.protocol.signature;

/** What a request's signature proved. */
public sealed interface Authentication {
    /** The request is not signed. Few operations allow that; the others answer {@link SignatureFaults#missing}. */
    record Anonymous() implements Authentication {}

    /**
     * The signature holds.
     *
     * @param payload what it says of the body, which {@link virga.protocol.body.RequestBody} has yet to prove
     */
    record Signed(CredentialScope scope, PayloadProof payload) implements Authentication {}
}
