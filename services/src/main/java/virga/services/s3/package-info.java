/**
 * Amazon S3, general purpose buckets. Source: Amazon S3 API Reference and Amazon S3 User Guide.
 *
 * <p>An object's bytes are kept in pieces under a content id of their own, written in as many short transactions as it takes; the
 * object's row, which names the content, is written last and at once. So an object is there whole or not at all. A content that no
 * row came to name (a crash, a client that hung up) has a timer that deletes it; a content that is no longer named is deleted after a
 * while, so that a reader that is under way is not cut off.
 *
 * <p>Every version of an object is a row in {@code s3/version}, newest first; the newest one that is no delete marker is also in
 * {@code s3/current}, which is what listings read. A bucket without versioning has one version of each key, called {@code null}.
 *
 * <p>One difference from AWS: a bucket answers calls that are signed for any region, because there is one endpoint and no redirect to
 * follow.
 */
package virga.services.s3;
