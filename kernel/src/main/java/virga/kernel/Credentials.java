package virga.kernel;

import java.time.Instant;

/** An access key with its secret; temporary ones have a session token and an expiry, others the empty string and {@link Instant#MAX}. */
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
