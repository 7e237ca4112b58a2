package virga.services.s3;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioning;
import virga.model.s3.AbortIncompleteMultipartUpload;
import virga.model.s3.BucketLifecycleConfiguration;
import virga.model.s3.DeleteBucketLifecycleRequest;
import virga.model.s3.LifecycleExpiration;
import virga.model.s3.LifecycleRule;
import virga.model.s3.NoncurrentVersionExpiration;
import virga.model.s3.PutBucketLifecycleConfigurationRequest;
import virga.model.s3.S3;

/** The {@code LifecycleConfiguration} property of {@code AWS::S3::Bucket}. */
final class BucketLifecycle {
    static final String[] PATHS = {
        "LifecycleConfiguration/Rules/[]/Id",
        "LifecycleConfiguration/Rules/[]/Status",
        "LifecycleConfiguration/Rules/[]/Prefix",
        "LifecycleConfiguration/Rules/[]/ExpirationInDays",
        "LifecycleConfiguration/Rules/[]/ExpirationDate",
        "LifecycleConfiguration/Rules/[]/ExpiredObjectDeleteMarker",
        "LifecycleConfiguration/Rules/[]/NoncurrentVersionExpirationInDays",
        "LifecycleConfiguration/Rules/[]/NoncurrentVersionExpiration/NoncurrentDays",
        "LifecycleConfiguration/Rules/[]/NoncurrentVersionExpiration/NewerNoncurrentVersions",
        "LifecycleConfiguration/Rules/[]/AbortIncompleteMultipartUpload/DaysAfterInitiation",
    };

    private BucketLifecycle() {}

    static void apply(Provisioning request, String bucket) {
        List<LifecycleRule> rules = new ArrayList<>();
        for (Properties rule :
                request.properties().object("LifecycleConfiguration").objects("Rules")) {
            rules.add(rule(rule));
        }
        if (rules.isEmpty()) {
            request.call(
                    S3.DELETE_BUCKET_LIFECYCLE,
                    DeleteBucketLifecycleRequest.builder().bucket(bucket).build());
        } else {
            request.call(
                    S3.PUT_BUCKET_LIFECYCLE_CONFIGURATION,
                    PutBucketLifecycleConfigurationRequest.builder()
                            .bucket(bucket)
                            .lifecycleConfiguration(BucketLifecycleConfiguration.builder()
                                    .rules(rules)
                                    .build())
                            .build());
        }
    }

    private static LifecycleRule rule(Properties rule) {
        var kept = LifecycleRule.builder()
                .id(rule.text("Id", null))
                .status(rule.requiredText("Status"))
                .prefix(rule.text("Prefix", ""));
        boolean expires =
                rule.has("ExpirationInDays") || rule.has("ExpirationDate") || rule.has("ExpiredObjectDeleteMarker");
        if (expires) {
            kept.expiration(LifecycleExpiration.builder()
                    .days(rule.integer("ExpirationInDays", null))
                    .date(rule.has("ExpirationDate") ? date(rule.requiredText("ExpirationDate")) : null)
                    .expiredObjectDeleteMarker(rule.flag("ExpiredObjectDeleteMarker", null))
                    .build());
        }
        Properties noncurrent = rule.object("NoncurrentVersionExpiration");
        if (rule.has("NoncurrentVersionExpirationInDays") || rule.has("NoncurrentVersionExpiration")) {
            Integer days = rule.integer("NoncurrentVersionExpirationInDays", null);
            kept.noncurrentVersionExpiration(NoncurrentVersionExpiration.builder()
                    .noncurrentDays(days == null ? noncurrent.integer("NoncurrentDays", null) : days)
                    .newerNoncurrentVersions(noncurrent.integer("NewerNoncurrentVersions", null))
                    .build());
        }
        return kept.abortIncompleteMultipartUpload(rule.shape(
                        "AbortIncompleteMultipartUpload",
                        AbortIncompleteMultipartUpload.class,
                        AbortIncompleteMultipartUpload.SCHEMA))
                .build();
    }

    private static Instant date(String text) {
        return text.contains("T")
                ? Instant.parse(text)
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
