package virga.protocol.signature;

import java.nio.charset.StandardCharsets;

/**
 * The signatures of the chunks of one body, each over the one before. Source: "Signature calculations for the Authorization header:
 * transferring payload in multiple chunks", Amazon S3 API Reference. Not for several threads.
 */
public final class ChunkSigner {
    private static final String NOTHING = Signing.sha256Hex("");

    private final byte[] key;
    private final String amzDate;
    private final String scope;
    private String previous;

    ChunkSigner(byte[] key, String amzDate, String scope, String seed) {
        this.key = key;
        this.amzDate = amzDate;
        this.scope = scope;
        this.previous = seed;
    }

    /** The signature of the next chunk. */
    public String next(byte[] chunk) {
        previous = Signing.signature(
                key,
                "AWS4-HMAC-SHA256-PAYLOAD\n" + amzDate + "\n" + scope + "\n" + previous + "\n" + NOTHING + "\n"
                        + Signing.sha256Hex(chunk));
        return previous;
    }

    /** The signature of the trailer. @param trailers the lines {@code name:value\n}, names in lower case */
    public String trailer(String trailers) {
        previous = Signing.signature(
                key,
                "AWS4-HMAC-SHA256-TRAILER\n" + amzDate + "\n" + scope + "\n" + previous + "\n"
                        + Signing.sha256Hex(trailers.getBytes(StandardCharsets.UTF_8)));
        return previous;
    }
}
