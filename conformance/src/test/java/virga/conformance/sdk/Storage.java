package virga.conformance.sdk;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import virga.conformance.fixture.Account;

/** A bucket of a test's own, and what the scenarios of S3 do with it again and again. */
record Storage(Account account, S3Client s3, String bucket) {
    /** A new bucket; afterwards it is deleted with all that is in it. */
    static Storage in(Account account) {
        Storage storage = new Storage(account, account.client(S3Client.builder()), account.name("bucket"));
        storage.s3.createBucket(request -> request.bucket(storage.bucket));
        account.afterwards(storage::delete);
        return storage;
    }

    private void delete() {
        s3.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .forEach(upload -> s3.abortMultipartUpload(
                        request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
        s3.listObjectVersionsPaginator(request -> request.bucket(bucket)).forEach(page -> {
            page.versions()
                    .forEach(version -> s3.deleteObject(
                            request -> request.bucket(bucket).key(version.key()).versionId(version.versionId())));
            page.deleteMarkers()
                    .forEach(marker -> s3.deleteObject(
                            request -> request.bucket(bucket).key(marker.key()).versionId(marker.versionId())));
        });
        s3.deleteBucket(request -> request.bucket(bucket));
    }

    /** The entity tag of what is put. */
    String put(String key, String text) {
        return s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text))
                .eTag();
    }

    String text(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asString(StandardCharsets.UTF_8);
    }
}
