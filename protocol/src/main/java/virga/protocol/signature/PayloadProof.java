package virga.protocol.signature;

/** How a body is to be proved. Source: the header {@code x-amz-content-sha256} in the Amazon S3 API Reference. */
public sealed interface PayloadProof {
    /** Nothing to prove, or proved already. */
    record None() implements PayloadProof {}

    /** The body must have this SHA-256, in hexadecimal. */
    record Hash(String sha256) implements PayloadProof {}

    /** The body is framed as {@code aws-chunked}; each chunk is signed, beginning from the request's own signature. */
    record SignedChunks(ChunkSigner signer, boolean trailer) implements PayloadProof {}

    /** The body is framed as {@code aws-chunked}, its chunks are not signed. */
    record UnsignedChunks() implements PayloadProof {}

    /** What the header says, where chunks are not signed. Everything but a hash has a name. */
    static PayloadProof unsigned(String contentSha256) {
        if (contentSha256.startsWith("STREAMING-")) {
            return new UnsignedChunks();
        }
        return contentSha256.isEmpty() || contentSha256.equals(CanonicalRequest.UNSIGNED)
                ? new None()
                : new Hash(contentSha256);
    }
}
