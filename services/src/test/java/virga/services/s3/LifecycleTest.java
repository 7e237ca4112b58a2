package virga.services.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Fault;
import virga.model.s3.AbortIncompleteMultipartUpload;
import virga.model.s3.BucketLifecycleConfiguration;
import virga.model.s3.CreateBucketRequest;
import virga.model.s3.CreateMultipartUploadRequest;
import virga.model.s3.LifecycleExpiration;
import virga.model.s3.LifecycleRule;
import virga.model.s3.LifecycleRuleFilter;
import virga.model.s3.ListMultipartUploadsRequest;
import virga.model.s3.ListObjectsV2Request;
import virga.model.s3.PutBucketLifecycleConfigurationRequest;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;
import virga.model.s3.Transition;

final class LifecycleTest {
    private static final String BUCKET = "logs-of-today";

    private final TestingCloud cloud = new TestingCloud(new S3Service(S3Limits.tiny()));

    @BeforeEach
    void createBucket() {
        cloud.call(
                S3.CREATE_BUCKET, CreateBucketRequest.builder().bucket(BUCKET).build());
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void configure(LifecycleRule rule) {
        cloud.call(
                S3.PUT_BUCKET_LIFECYCLE_CONFIGURATION,
                PutBucketLifecycleConfigurationRequest.builder()
                        .bucket(BUCKET)
                        .lifecycleConfiguration(BucketLifecycleConfiguration.builder()
                                .rules(List.of(rule))
                                .build())
                        .build());
    }

    private static LifecycleRule.Builder rule() {
        return LifecycleRule.builder()
                .status("Enabled")
                .filter(LifecycleRuleFilter.builder().prefix("tmp/").build());
    }

    private List<String> keys() {
        return cloud
                .call(
                        S3.LIST_OBJECTS_V2,
                        ListObjectsV2Request.builder().bucket(BUCKET).build())
                .contents()
                .stream()
                .map(object -> object.key().orElseThrow())
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anObjectExpiresAtTheMidnightAfterItsDays() {
        configure(
                rule().expiration(LifecycleExpiration.builder().days(3).build()).build());
        for (String key : List.of("tmp/a", "kept")) {
            cloud.call(
                    S3.PUT_OBJECT,
                    PutObjectRequest.builder()
                            .bucket(BUCKET)
                            .key(key)
                            .body(ByteStream.of(Bytes.ofUtf8("x")))
                            .build());
        }
        cloud.advance(Duration.ofDays(2));
        await(() -> cloud.environment().settled());
        assertThat(keys()).containsExactly("kept", "tmp/a");
        cloud.advance(Duration.ofDays(2));
        await(() -> keys().size() == 1);
        assertThat(keys()).containsExactly("kept");
    }

    @Test
    void anUploadThatIsNeverCompletedIsAborted() {
        configure(rule().abortIncompleteMultipartUpload(AbortIncompleteMultipartUpload.builder()
                        .daysAfterInitiation(1)
                        .build())
                .build());
        cloud.call(
                S3.CREATE_MULTIPART_UPLOAD,
                CreateMultipartUploadRequest.builder()
                        .bucket(BUCKET)
                        .key("tmp/film")
                        .build());
        cloud.advance(Duration.ofDays(3));
        await(() -> cloud.call(
                        S3.LIST_MULTIPART_UPLOADS,
                        ListMultipartUploadsRequest.builder().bucket(BUCKET).build())
                .uploads()
                .isEmpty());
    }

    @Test
    void storageClassesAreRefusedRatherThanForgotten() {
        assertThatThrownBy(() -> configure(rule().transitions(List.of(Transition.builder()
                                .days(30)
                                .storageClass("GLACIER")
                                .build()))
                        .build()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
    }
}
