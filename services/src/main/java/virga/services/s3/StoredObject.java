package virga.services.s3;

import java.time.Instant;
import java.util.Map;
import virga.kernel.Cause;

/**
 * One version of an object, or a delete marker in its place.
 *
 * @param versionId {@code null} (the word) where the bucket was not versioned when it was written
 * @param number grows with each version of the key
 * @param cause of what reads about it: the call that wrote it
 */
record StoredObject(
        String key,
        String versionId,
        long number,
        boolean deleteMarker,
        Content content,
        Description description,
        Map<String, String> tags,
        Instant modifiedAt,
        Cause cause) {
    static final String NULL_VERSION = "null";

    /**
     * What the writer said of an object.
     *
     * @param headers system-defined metadata by member name, as in {@code ContentType}
     * @param metadata the user's own, names in lower case
     */
    record Description(Map<String, String> headers, Map<String, String> metadata) {
        static final Description NONE = new Description(Map.of(), Map.of());
    }

    StoredObject withTags(Map<String, String> changed) {
        return new StoredObject(key, versionId, number, deleteMarker, content, description, changed, modifiedAt, cause);
    }
}
