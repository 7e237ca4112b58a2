package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source of codes and statuses: "List of error codes", Amazon S3 API Reference. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class BucketsTest {
    @Test
    void waitersFollowABucketFromItsCreationToItsEnd(Account account) {
        S3Client s3 = account.client(S3Client.builder());
        String name = account.name("short-lived");
        s3.createBucket(request -> request.bucket(name));
        s3.waiter().waitUntilBucketExists(request -> request.bucket(name), account.waiting());
        assertThat(s3.headBucket(request -> request.bucket(name)).bucketRegion())
                .isEqualTo(account.region().id());
        assertThat(s3.getBucketLocation(request -> request.bucket(name)).locationConstraintAsString())
                .isEqualTo(account.region().id());
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains(name);
        s3.deleteBucket(request -> request.bucket(name));
        s3.waiter().waitUntilBucketNotExists(request -> request.bucket(name), account.waiting());
        Refused.with(
                NoSuchBucketException.class,
                "NoSuchBucket",
                404,
                "The specified bucket does not exist",
                () -> s3.listObjectsV2(request -> request.bucket(name)));
    }

    @Test
    void aNameThatIsTakenOrMalformedIsRefused(Account account) {
        Storage storage = Storage.in(account);
        Refused.with(
                BucketAlreadyOwnedByYouException.class,
                "BucketAlreadyOwnedByYou",
                409,
                "you already own it",
                () -> storage.s3().createBucket(request -> request.bucket(storage.bucket())));
        Refused.with(
                S3Exception.class,
                "InvalidBucketName",
                400,
                "The specified bucket is not valid",
                () -> storage.s3().createBucket(request -> request.bucket("xn--" + storage.bucket())));
    }

    @Test
    void aBucketThatHoldsSomethingIsNotDeleted(Account account) {
        Storage storage = Storage.in(account);
        storage.put("kept", "here");
        Refused.with(
                S3Exception.class,
                "BucketNotEmpty",
                409,
                "The bucket you tried to delete is not empty",
                () -> storage.s3().deleteBucket(request -> request.bucket(storage.bucket())));
    }

    @Test
    void tagsAreKeptUntilTheyAreDeleted(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        s3.putBucketTagging(request -> request.bucket(bucket)
                .tagging(tags -> tags.tagSet(tag -> tag.key("team").value("weather"))));
        assertThat(s3.getBucketTagging(request -> request.bucket(bucket)).tagSet())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("weather"));
        s3.deleteBucketTagging(request -> request.bucket(bucket));
        Refused.with(
                S3Exception.class,
                "NoSuchTagSet",
                404,
                "The TagSet does not exist",
                () -> s3.getBucketTagging(request -> request.bucket(bucket)));
    }

    /** A new bucket blocks public policies: "Blocking public access to your Amazon S3 storage", S3 User Guide. */
    @Test
    void aPublicPolicyIsTakenOnceTheBucketLetsItBePublic(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                 "Resource":"arn:aws:s3:::%s/open/*"}]}""".formatted(bucket);
        Refused.with(
                S3Exception.class,
                "NoSuchBucketPolicy",
                404,
                "The bucket policy does not exist",
                () -> s3.getBucketPolicy(request -> request.bucket(bucket)));
        Refused.with(
                S3Exception.class,
                "AccessDenied",
                403,
                "BlockPublicPolicy",
                () -> s3.putBucketPolicy(request -> request.bucket(bucket).policy(policy)));
        s3.deletePublicAccessBlock(request -> request.bucket(bucket));
        account.onceAllowed(
                "BlockPublicPolicy",
                () -> s3.putBucketPolicy(request -> request.bucket(bucket).policy(policy)));
        assertThat(s3.getBucketPolicy(request -> request.bucket(bucket)).policy())
                .contains("open/*");
        assertThat(s3.getBucketPolicyStatus(request -> request.bucket(bucket))
                        .policyStatus()
                        .isPublic())
                .isTrue();
    }

    @Test
    void aPolicyThatDeniesAlsoBindsTheOwner(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        storage.put("locked/letter", "kept");
        storage.put("loose/letter", "gone");
        s3.putBucketPolicy(request -> request.bucket(bucket).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject",
                 "Resource":"arn:aws:s3:::%s/locked/*"}]}""".formatted(bucket)));
        account.afterwards(() -> s3.deleteBucketPolicy(request -> request.bucket(bucket)));
        Refused.with(
                S3Exception.class,
                "AccessDenied",
                403,
                "with an explicit deny in a resource-based policy",
                () -> s3.deleteObject(request -> request.bucket(bucket).key("locked/letter")));
        assertThat(storage.text("locked/letter")).isEqualTo("kept");
        s3.deleteObject(request -> request.bucket(bucket).key("loose/letter"));
    }

    @Test
    void aPolicyThatIsNotOneIsRefused(Account account) {
        Storage storage = Storage.in(account);
        Refused.with(
                S3Exception.class,
                "MalformedPolicy",
                400,
                "",
                () -> storage.s3()
                        .putBucketPolicy(
                                request -> request.bucket(storage.bucket()).policy("{\"Statement\":[]")));
    }

    @Test
    void pagesOfAnAllowedOriginMayAsk(Account account) {
        Storage storage = Storage.in(account);
        S3Client s3 = storage.s3();
        String bucket = storage.bucket();
        Refused.with(
                S3Exception.class,
                "NoSuchCORSConfiguration",
                404,
                "The CORS configuration does not exist",
                () -> s3.getBucketCors(request -> request.bucket(bucket)));
        s3.putBucketCors(request -> request.bucket(bucket)
                .corsConfiguration(cors -> cors.corsRules(rule -> rule.allowedOrigins("https://weather.example")
                        .allowedMethods("GET", "PUT")
                        .allowedHeaders("x-amz-*")
                        .maxAgeSeconds(600))));
        assertThat(s3.getBucketCors(request -> request.bucket(bucket)).corsRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.allowedMethods()).containsExactly("GET", "PUT"));
        Account.Answer allowed = account.eventually(
                () -> account.fetch(preflight(storage, "https://weather.example"), Optional.empty()),
                answer -> answer.status() == 200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).hasValue("https://weather.example");
        assertThat(allowed.header("Access-Control-Max-Age")).hasValue("600");
        Account.Answer refused = account.fetch(preflight(storage, "https://elsewhere.example"), Optional.empty());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("<Code>AccessForbidden</Code>");
    }

    private static SdkHttpRequest preflight(Storage storage, String origin) {
        URI object = storage.account()
                .presigner()
                .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                        .getObjectRequest(
                                request -> request.bucket(storage.bucket()).key("object")))
                .httpRequest()
                .getUri();
        return SdkHttpRequest.builder()
                .uri(object)
                .clearQueryParameters()
                .method(SdkHttpMethod.OPTIONS)
                .putHeader("Host", object.getAuthority())
                .putHeader("Origin", origin)
                .putHeader("Access-Control-Request-Method", "PUT")
                .build();
    }

    @Test
    void aHeadOfWhatIsNotThereSaysSoByItsStatus(Account account) {
        S3Client s3 = account.client(S3Client.builder());
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> s3.headBucket(request -> request.bucket(account.name("gone"))))
                .satisfies(gone -> assertThat(gone.statusCode()).isEqualTo(404));
    }
}
