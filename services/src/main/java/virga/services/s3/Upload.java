package virga.services.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An object that is sent in parts.
 *
 * @param algorithm of the checksum that its parts have, or empty: S3 then makes one of its own
 * @param checksumType {@code FULL_OBJECT} or {@code COMPOSITE}
 */
record Upload(
        String bucket,
        String key,
        String uploadId,
        Instant initiatedAt,
        String initiator,
        StoredObject.Description description,
        Map<String, String> tags,
        Optional<Digest> algorithm,
        String checksumType) {
    /** A part that has arrived. */
    record Received(Content.Segment segment, Instant receivedAt) {}

    Digest digest() {
        return algorithm.orElse(Digest.CRC64NVME);
    }
}
