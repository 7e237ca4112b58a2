package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Sources: "Uploading and copying objects using multipart upload" and "Retaining multiple versions of objects", S3 User Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class UploadsAndVersionsTest {
    /** Every part but the last must have it: "Amazon S3 multipart upload limits". */
    private static final int LEAST_PART_BYTES = 5 << 20;

    private static String begin(Storage storage, String key) {
        return storage.s3()
                .createMultipartUpload(
                        request -> request.bucket(storage.bucket()).key(key))
                .uploadId();
    }

    private static CompletedPart part(Storage storage, String key, String upload, int number, RequestBody body) {
        String tag = storage.s3()
                .uploadPart(
                        request -> request.bucket(storage.bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number),
                        body)
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static String complete(Storage storage, String key, String upload, List<CompletedPart> parts) {
        return storage.s3()
                .completeMultipartUpload(request -> request.bucket(storage.bucket())
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(parts)))
                .eTag();
    }

    @Test
    void partsBecomeOneObjectInTheirOrder(Account account) {
        Storage storage = Storage.in(account);
        String upload = begin(storage, "whole");
        CompletedPart last = part(storage, "whole", upload, 2, RequestBody.fromString("end"));
        CompletedPart first = part(storage, "whole", upload, 1, RequestBody.fromBytes(new byte[LEAST_PART_BYTES]));
        assertThat(storage.s3()
                        .listPartsPaginator(request -> request.bucket(storage.bucket())
                                .key("whole")
                                .uploadId(upload)
                                .maxParts(1))
                        .parts())
                .extracting(part -> part.partNumber() + ":" + part.size())
                .containsExactly("1:" + LEAST_PART_BYTES, "2:3");
        assertThat(storage.s3()
                        .listMultipartUploads(request -> request.bucket(storage.bucket()))
                        .uploads())
                .extracting(one -> one.uploadId())
                .containsExactly(upload);
        String tag = complete(storage, "whole", upload, List.of(first, last));
        assertThat(tag).matches("\"[0-9a-f]{32}-2\"");
        assertThat(storage.s3()
                        .getObjectAsBytes(request ->
                                request.bucket(storage.bucket()).key("whole").range("bytes=-4"))
                        .asByteArray())
                .containsExactly(0, 'e', 'n', 'd');
        assertThat(storage.s3()
                        .headObject(request ->
                                request.bucket(storage.bucket()).key("whole").partNumber(2))
                        .partsCount())
                .isEqualTo(2);
    }

    @Test
    void partsThatAreSmallStrangeOrOutOfOrderAreRefused(Account account) {
        Storage storage = Storage.in(account);
        String upload = begin(storage, "broken");
        CompletedPart first = part(storage, "broken", upload, 1, RequestBody.fromString("too small"));
        CompletedPart second = part(storage, "broken", upload, 2, RequestBody.fromString("end"));
        Refused.with(
                S3Exception.class,
                "EntityTooSmall",
                400,
                "Your proposed upload is smaller than the minimum allowed size",
                () -> complete(storage, "broken", upload, List.of(first, second)));
        Refused.with(
                S3Exception.class,
                "InvalidPartOrder",
                400,
                "The list of parts was not in ascending order",
                () -> complete(storage, "broken", upload, List.of(second, first)));
        Refused.with(
                S3Exception.class,
                "InvalidPart",
                400,
                "One or more of the specified parts could not be found",
                () -> complete(
                        storage,
                        "broken",
                        upload,
                        List.of(first.toBuilder().partNumber(7).build())));
    }

    @Test
    void anUploadThatIsAbortedIsGone(Account account) {
        Storage storage = Storage.in(account);
        String upload = begin(storage, "given up");
        storage.s3()
                .abortMultipartUpload(request ->
                        request.bucket(storage.bucket()).key("given up").uploadId(upload));
        Refused.with(
                NoSuchUploadException.class,
                "NoSuchUpload",
                404,
                "The specified upload does not exist",
                () -> part(storage, "given up", upload, 1, RequestBody.fromString("late")));
    }

    private static Storage versioned(Account account) {
        Storage storage = Storage.in(account);
        storage.s3()
                .putBucketVersioning(request -> request.bucket(storage.bucket())
                        .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        return storage;
    }

    @Test
    void everyVersionStaysUntilItIsDeletedByItsId(Account account) {
        Storage storage = versioned(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        String first = s3.putObject(request -> request.bucket(bucket).key("song"), RequestBody.fromString("one"))
                .versionId();
        String second = s3.putObject(request -> request.bucket(bucket).key("song"), RequestBody.fromString("two"))
                .versionId();
        assertThat(s3.listObjectVersions(request -> request.bucket(bucket)).versions())
                .extracting(version -> version.versionId() + " " + version.isLatest())
                .containsExactly(second + " true", first + " false");
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key("song").versionId(first))
                        .asUtf8String())
                .isEqualTo("one");
        s3.deleteObject(request -> request.bucket(bucket).key("song").versionId(second));
        assertThat(storage.text("song")).isEqualTo("one");
    }

    @Test
    void aDeleteOnlyHidesWhatIsVersioned(Account account) {
        Storage storage = versioned(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        storage.put("song", "la");
        var deleted = s3.deleteObject(request -> request.bucket(bucket).key("song"));
        assertThat(deleted.deleteMarker()).isTrue();
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> storage.text("song"))
                .satisfies(hidden -> assertThat(
                                hidden.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-delete-marker"))
                        .hasValue("true"));
        Refused.with(
                S3Exception.class,
                "MethodNotAllowed",
                405,
                "The specified method is not allowed against this resource.",
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("song").versionId(deleted.versionId())));
        s3.deleteObject(request -> request.bucket(bucket).key("song").versionId(deleted.versionId()));
        assertThat(storage.text("song")).isEqualTo("la");
    }

    @Test
    void whereVersioningIsSuspendedTheNullVersionIsOverwritten(Account account) {
        Storage storage = versioned(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        storage.put("song", "kept");
        s3.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.SUSPENDED)));
        storage.put("song", "overwritten");
        storage.put("song", "newest");
        assertThat(s3.listObjectVersions(request -> request.bucket(bucket)).versions())
                .hasSize(2)
                .first()
                .satisfies(version -> assertThat(version.versionId()).isEqualTo("null"));
        assertThat(storage.text("song")).isEqualTo("newest");
    }
}
