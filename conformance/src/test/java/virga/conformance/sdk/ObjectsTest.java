package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source of codes and statuses: "List of error codes" and the operations' pages, Amazon S3 API Reference. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class ObjectsTest {
    private static final String NEVER = "\"00000000000000000000000000000000\"";

    @Test
    void anObjectComesBackWithItsHeadersAndMetadata(Account account) {
        Storage storage = Storage.in(account);
        String key = "ünter/a b+c&d.txt";
        String tag = storage.s3()
                .putObject(
                        request -> request.bucket(storage.bucket())
                                .key(key)
                                .contentType("text/plain; charset=utf-8")
                                .cacheControl("max-age=60")
                                .metadata(Map.of("station", "bergen")),
                        RequestBody.fromString("☔"))
                .eTag();
        assertThat(tag).isEqualTo("\"88cbaed332d0054dbb40fd7b13451ca5\""); // its MD5
        assertThat(storage.text(key)).isEqualTo("☔");
        var head = storage.s3()
                .headObject(request -> request.bucket(storage.bucket()).key(key));
        assertThat(head.contentLength()).isEqualTo(3);
        assertThat(head.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.metadata()).isEqualTo(Map.of("station", "bergen"));
        assertThat(head.eTag()).isEqualTo(tag);
    }

    @Test
    void whatIsNotThereIsSaidInItsOwnException(Account account) {
        Storage storage = Storage.in(account);
        Refused.with(
                NoSuchKeyException.class,
                "NoSuchKey",
                404,
                "The specified key does not exist.",
                () -> storage.text("gone"));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> storage.s3()
                        .headObject(request -> request.bucket(storage.bucket()).key("gone")))
                .satisfies(gone -> assertThat(gone.statusCode()).isEqualTo(404));
        storage.s3().deleteObject(request -> request.bucket(storage.bucket()).key("gone"));
    }

    @Test
    void rangesAreServedFromEitherEnd(Account account) {
        Storage storage = Storage.in(account);
        storage.put("digits", "0123456789");
        assertThat(range(storage, "bytes=2-4")).isEqualTo("234 bytes 2-4/10");
        assertThat(range(storage, "bytes=7-")).isEqualTo("789 bytes 7-9/10");
        assertThat(range(storage, "bytes=-2")).isEqualTo("89 bytes 8-9/10");
        assertThat(range(storage, "bytes=8-99")).isEqualTo("89 bytes 8-9/10");
        Refused.with(
                S3Exception.class,
                "InvalidRange",
                416,
                "The requested range is not satisfiable",
                () -> range(storage, "bytes=10-12"));
    }

    private static String range(Storage storage, String range) {
        var part = storage.s3()
                .getObjectAsBytes(request ->
                        request.bucket(storage.bucket()).key("digits").range(range));
        assertThat(part.response().sdkHttpResponse().statusCode()).isEqualTo(206);
        return part.asUtf8String() + " " + part.response().contentRange();
    }

    @Test
    void conditionsDecideWhatIsReadAndWritten(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        String tag = storage.put("once", "first");
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("once").ifNoneMatch(tag)))
                .satisfies(unchanged -> assertThat(unchanged.statusCode()).isEqualTo(304));
        Refused.with(
                S3Exception.class,
                "PreconditionFailed",
                412,
                "At least one of the pre-conditions you specified did not hold",
                () -> s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key("once").ifMatch(NEVER)));
        Refused.with(
                S3Exception.class,
                "PreconditionFailed",
                412,
                "At least one of the pre-conditions you specified did not hold",
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("once").ifNoneMatch("*"),
                        RequestBody.fromString("second")));
        assertThat(storage.text("once")).isEqualTo("first");
        s3.putObject(request -> request.bucket(bucket).key("once").ifMatch(tag), RequestBody.fromString("second"));
        assertThat(storage.text("once")).isEqualTo("second");
        Refused.with(
                S3Exception.class,
                "PreconditionFailed",
                412,
                "At least one of the pre-conditions you specified did not hold",
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("once").ifMatch(tag), RequestBody.fromString("third")));
        Refused.with(
                NoSuchKeyException.class,
                "NoSuchKey",
                404,
                "The specified key does not exist.",
                () -> s3.putObject(
                        request -> request.bucket(bucket).key("absent").ifMatch(tag), RequestBody.fromString("x")));
    }

    @Test
    void keysAreListedPageByPageAndInFolders(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        List.of("a", "b/1", "b/2", "c/1", "d").forEach(key -> storage.put(key, key));
        var first = s3.listObjectsV2(
                request -> request.bucket(bucket).delimiter("/").maxKeys(2));
        assertThat(first.keyCount()).isEqualTo(2);
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.contents()).extracting(S3Object::key).containsExactly("a");
        assertThat(first.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("b/");
        var second = s3.listObjectsV2(request ->
                request.bucket(bucket).delimiter("/").maxKeys(2).continuationToken(first.nextContinuationToken()));
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.contents()).extracting(S3Object::key).containsExactly("d");
        assertThat(second.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("c/");
        assertThat(s3.listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix("b/").maxKeys(1))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("b/1", "b/2");
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket).startAfter("b/1"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("b/2", "c/1", "d");
        var old =
                s3.listObjects(request -> request.bucket(bucket).delimiter("/").maxKeys(2));
        assertThat(old.nextMarker()).isEqualTo("b/");
        assertThat(s3.listObjects(
                                request -> request.bucket(bucket).delimiter("/").marker(old.nextMarker()))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("d");
        Refused.with(
                S3Exception.class,
                "InvalidArgument",
                400,
                "The continuation token provided is incorrect",
                () -> s3.listObjectsV2(request -> request.bucket(bucket).continuationToken("not a token")));
    }

    @Test
    void aCopyKeepsOrReplacesTheMetadata(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        s3.putObject(
                request -> request.bucket(bucket).key("from here").metadata(Map.of("kind", "rain")),
                RequestBody.fromString("drops"));
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("from here")
                .destinationBucket(bucket)
                .destinationKey("kept"));
        s3.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey("from here")
                .destinationBucket(bucket)
                .destinationKey("replaced")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("kind", "snow")));
        assertThat(storage.text("kept")).isEqualTo("drops");
        assertThat(s3.headObject(request -> request.bucket(bucket).key("kept")).metadata())
                .isEqualTo(Map.of("kind", "rain"));
        assertThat(s3.headObject(request -> request.bucket(bucket).key("replaced"))
                        .metadata())
                .isEqualTo(Map.of("kind", "snow"));
        Refused.with(
                S3Exception.class,
                "InvalidRequest",
                400,
                "This copy request is illegal because it is trying to copy an object to itself",
                () -> s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey("kept")
                        .destinationBucket(bucket)
                        .destinationKey("kept")));
    }

    @Test
    void tagsComeWithAnObjectOrLater(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        s3.putObject(
                request -> request.bucket(bucket).key("tagged").tagging("team=weather"), RequestBody.fromString("x"));
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket).key("tagged"))
                        .tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("team=weather");
        s3.putObjectTagging(request -> request.bucket(bucket)
                .key("tagged")
                .tagging(tags -> tags.tagSet(tag -> tag.key("stage").value("test"))));
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket).key("tagged"))
                        .tagSet())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("stage=test");
        s3.deleteObjectTagging(request -> request.bucket(bucket).key("tagged"));
        assertThat(s3.getObjectTagging(request -> request.bucket(bucket).key("tagged"))
                        .tagSet())
                .isEmpty();
    }

    @Test
    void manyAreDeletedAtOnceAlsoThoseThatWereNeverThere(Account account) {
        Storage storage = Storage.in(account);
        storage.put("one", "1");
        storage.put("two", "2");
        var deleted = storage.s3()
                .deleteObjects(request -> request.bucket(storage.bucket())
                        .delete(delete -> delete.objects(
                                ObjectIdentifier.builder().key("one").build(),
                                ObjectIdentifier.builder().key("never").build())));
        assertThat(deleted.errors()).isEmpty();
        assertThat(deleted.deleted()).extracting(one -> one.key()).containsExactlyInAnyOrder("one", "never");
        assertThat(storage.s3()
                        .listObjectsV2(request -> request.bucket(storage.bucket()))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("two");
    }

    @Test
    void whoHoldsAPresignedAddressMayReadOrWrite(Account account) {
        Storage storage = Storage.in(account);
        SdkHttpRequest put = account.presigner()
                .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                        .putObjectRequest(
                                request -> request.bucket(storage.bucket()).key("letter & stamp")))
                .httpRequest();
        assertThat(account.fetch(put, Optional.of("dear rain")).status()).isEqualTo(200);
        SdkHttpRequest get = account.presigner()
                .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                        .getObjectRequest(request -> request.bucket(storage.bucket())
                                .key("letter & stamp")
                                .responseContentType("text/weather")))
                .httpRequest();
        Account.Answer letter = account.fetch(get, Optional.empty());
        assertThat(letter.status()).isEqualTo(200);
        assertThat(letter.body()).isEqualTo("dear rain");
        assertThat(letter.header("Content-Type")).hasValue("text/weather");
        Account.Answer forged = account.fetch(
                get.toBuilder()
                        .putRawQueryParameter("response-content-type", "text/forged")
                        .build(),
                Optional.empty());
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.body()).contains("<Code>SignatureDoesNotMatch</Code>");
    }
}
