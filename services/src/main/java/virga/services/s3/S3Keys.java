package virga.services.s3;

import static virga.store.Part.number;
import static virga.store.Part.text;

import virga.kernel.Bytes;
import virga.store.Codec;
import virga.store.Key;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** The keys of S3. */
final class S3Keys {
    static final KeySpace BUCKET = KeySpace.of("s3/bucket", text("bucket"));
    /** A bucket's settings: the model's structure, by the name of its setting. */
    static final KeySpace SETTING = KeySpace.of("s3/setting", text("bucket"), text("setting"));

    static final KeySpace CURRENT = KeySpace.of("s3/current", text("bucket"), text("key"));
    /** The number is negative, so that the newest comes first. */
    static final KeySpace VERSION = KeySpace.of("s3/version", text("bucket"), text("key"), number("newestFirst"));

    static final KeySpace UPLOAD = KeySpace.of("s3/upload", text("bucket"), text("key"), text("uploadId"));
    static final KeySpace PART = KeySpace.of("s3/part", text("uploadId"), number("partNumber"));
    /** That a content exists; its absence at the commit tells that it was discarded meanwhile. */
    static final KeySpace CONTENT = KeySpace.of("s3/content", text("contentId"));

    static final KeySpace PIECE = KeySpace.of("s3/piece", text("contentId"), number("piece"));

    static final Codec<S3Bucket> BUCKET_ROW = RecordCodec.of(S3Bucket.class);
    static final Codec<StoredObject> OBJECT_ROW = RecordCodec.of(StoredObject.class);
    static final Codec<Bytes> RAW = Codec.BYTES;

    private S3Keys() {}

    static Key version(String bucket, StoredObject object) {
        return VERSION.key(bucket, object.key(), -object.number());
    }

    static Key current(String bucket, String key) {
        return CURRENT.key(bucket, key);
    }
}
