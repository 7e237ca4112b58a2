package virga.services.s3;

import java.time.Instant;
import virga.kernel.Scope;

/** A bucket. Its name is unique in the environment; settings beside versioning are rows of their own. */
record S3Bucket(String name, String account, String region, Instant createdAt, Versioning versioning) {
    /** Source: "How S3 Versioning works", Amazon S3 User Guide. Once enabled, it can be suspended but never undone. */
    enum Versioning {
        NONE,
        ENABLED,
        SUSPENDED
    }

    String arn() {
        return "arn:aws:s3:::" + name;
    }

    Scope scope(Scope call) {
        return call.withAccount(account).withRegion(region);
    }

    S3Bucket with(Versioning changed) {
        return new S3Bucket(name, account, region, createdAt, changed);
    }
}
