package virga.services.s3;

import java.time.Duration;

/**
 * The service's quotas. Source: "Amazon S3 multipart upload limits", "Uploading objects" and "Bucket quotas", Amazon S3 User Guide.
 *
 * @param putBytes the largest object of one PutObject or CopyObject, and the largest part
 * @param partBytes the smallest part that is not the last
 * @param parts of one upload
 * @param keyBytes of a key's name in UTF-8
 * @param metadataBytes names and values of the user's metadata together
 * @param pieceBytes how much of a content is kept in one row; ours
 * @param uploadTime how long the bytes of an unfinished request are kept; ours
 * @param readTime how long a content that was replaced can still be read; ours
 */
public record S3Limits(
        long putBytes,
        long partBytes,
        int parts,
        int keyBytes,
        int metadataBytes,
        int pieceBytes,
        Duration uploadTime,
        Duration readTime) {
    public static final S3Limits AWS =
            new S3Limits(5L << 30, 5L << 20, 10_000, 1024, 2048, 512 << 10, Duration.ofHours(24), Duration.ofHours(1));

    /** Small enough for tests to reach. */
    public static S3Limits tiny() {
        return new S3Limits(4096, 64, 10, 1024, 2048, 100, Duration.ofHours(24), Duration.ofHours(1));
    }
}
