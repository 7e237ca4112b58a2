package virga.services.s3;

import virga.cloud.UnitOfWork;
import virga.kernel.Call;

/** Tells those who asked what became of objects. */
final class Notifications {
    void created(Call call, UnitOfWork work, S3Bucket bucket, StoredObject object, String event) {}

    void removed(
            Call call, UnitOfWork work, S3Bucket bucket, String key, Objects.Removal removal, boolean permanently) {}
}
