package virga.services.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.s3.DeleteBucketLifecycleResponse;
import virga.model.s3.GetBucketLifecycleConfigurationOutput;
import virga.model.s3.LifecycleExpiration;
import virga.model.s3.LifecycleRule;
import virga.model.s3.LifecycleRuleAndOperator;
import virga.model.s3.LifecycleRuleFilter;
import virga.model.s3.PutBucketLifecycleConfigurationOutput;
import virga.model.s3.PutBucketLifecycleConfigurationRequest;
import virga.model.s3.S3;
import virga.model.s3.Tag;

/** A bucket's lifecycle rules: which are taken, what each covers. Source: "Lifecycle configuration elements", S3 User Guide. */
final class LifecycleRules {
    private static final int MOST_RULES = 1000;

    private LifecycleRules() {}

    static void bind(Binder binder) {
        S3Service.on(binder.atomic(S3.PUT_BUCKET_LIFECYCLE_CONFIGURATION, LifecycleRules::put))
                .action("s3:PutLifecycleConfiguration");
        S3Service.on(binder.atomic(
                        S3.GET_BUCKET_LIFECYCLE_CONFIGURATION,
                        (call, input, work) -> GetBucketLifecycleConfigurationOutput.builder()
                                .rules(BucketSetting.LIFECYCLE
                                        .of(work, Buckets.of(work, input).name())
                                        .orElseThrow(() -> new Fault(
                                                "NoSuchLifecycleConfiguration",
                                                404,
                                                "The lifecycle configuration does not exist"))
                                        .rules())
                                .transitionDefaultMinimumObjectSize("all_storage_classes_128K")
                                .build()))
                .action("s3:GetLifecycleConfiguration");
        S3Service.on(binder.atomic(S3.DELETE_BUCKET_LIFECYCLE, (call, input, work) -> {
                    S3Bucket bucket = Buckets.of(work, input);
                    BucketSetting.LIFECYCLE.remove(work, bucket.name());
                    return DeleteBucketLifecycleResponse.builder().build();
                }))
                .action("s3:PutLifecycleConfiguration");
    }

    private static PutBucketLifecycleConfigurationOutput put(
            Call call, PutBucketLifecycleConfigurationRequest input, UnitOfWork work) {
        S3Bucket bucket = Buckets.of(work, input);
        var configuration = input.lifecycleConfiguration().orElseThrow(S3Faults::malformedXml);
        if (configuration.rules().isEmpty() || configuration.rules().size() > MOST_RULES) {
            throw S3Faults.malformedXml();
        }
        Set<String> ids = new HashSet<>();
        for (LifecycleRule rule : configuration.rules()) {
            check(rule);
            if (!rule.id().map(ids::add).orElse(true)) {
                throw S3Faults.invalidArgument("Rule ID must be unique. Found same ID for more than one rule");
            }
        }
        BucketSetting.LIFECYCLE.put(work, bucket.name(), configuration);
        Lifecycle.schedule(work, bucket.name());
        return PutBucketLifecycleConfigurationOutput.builder()
                .transitionDefaultMinimumObjectSize("all_storage_classes_128K")
                .build();
    }

    private static void check(LifecycleRule rule) {
        if (!rule.status().matches("Enabled|Disabled")
                || rule.filter().isPresent() && rule.prefix().isPresent()) {
            throw S3Faults.malformedXml();
        }
        if (!rule.transitions().isEmpty()
                || !rule.noncurrentVersionTransitions().isEmpty()) {
            throw Fault.unsupported("s3:PutBucketLifecycleConfiguration/Rules/Transitions");
        }
        boolean acts = rule.expiration().isPresent()
                || rule.noncurrentVersionExpiration().isPresent()
                || rule.abortIncompleteMultipartUpload().isPresent();
        if (!acts) {
            throw S3Faults.invalidRequest("At least one action needs to be specified in a rule");
        }
        rule.expiration().ifPresent(expiration -> {
            long ways = Stream.of(expiration.date(), expiration.days(), expiration.expiredObjectDeleteMarker())
                    .filter(Optional::isPresent)
                    .count();
            if (ways != 1) {
                throw S3Faults.malformedXml();
            } else if (expiration.days().filter(days -> days < 1).isPresent()) {
                throw S3Faults.invalidArgument("'Days' for Expiration action must be a positive integer");
            } else if (expiration
                    .date()
                    .filter(date -> !date.equals(date.truncatedTo(ChronoUnit.DAYS)))
                    .isPresent()) {
                throw S3Faults.invalidArgument("'Date' must be at midnight GMT");
            }
        });
    }

    static String prefix(LifecycleRule rule) {
        return rule.prefix()
                .or(() -> rule.filter().flatMap(LifecycleRuleFilter::prefix))
                .or(() -> rule.filter().flatMap(LifecycleRuleFilter::and).flatMap(LifecycleRuleAndOperator::prefix))
                .orElse("");
    }

    static boolean covers(LifecycleRule rule, StoredObject object) {
        if (!object.key().startsWith(prefix(rule))) {
            return false;
        }
        Optional<LifecycleRuleFilter> filter = rule.filter();
        Optional<LifecycleRuleAndOperator> and = filter.flatMap(LifecycleRuleFilter::and);
        long size = object.content().size();
        boolean fits = filter.flatMap(LifecycleRuleFilter::objectSizeGreaterThan)
                        .map(least -> size > least)
                        .orElse(true)
                && filter.flatMap(LifecycleRuleFilter::objectSizeLessThan)
                        .map(most -> size < most)
                        .orElse(true)
                && and.flatMap(LifecycleRuleAndOperator::objectSizeGreaterThan)
                        .map(least -> size > least)
                        .orElse(true)
                && and.flatMap(LifecycleRuleAndOperator::objectSizeLessThan)
                        .map(most -> size < most)
                        .orElse(true);
        return fits
                && filter.flatMap(LifecycleRuleFilter::tag)
                        .map(tag -> has(object.tags(), tag))
                        .orElse(true)
                && and.map(LifecycleRuleAndOperator::tags).orElse(List.of()).stream()
                        .allMatch(tag -> has(object.tags(), tag));
    }

    private static boolean has(Map<String, String> tags, Tag tag) {
        return tag.value().equals(tags.get(tag.key()));
    }

    static boolean isDue(LifecycleExpiration expiration, Instant written, Instant now) {
        return expiration.date().map(date -> !date.isAfter(now)).orElse(false)
                || expiration
                        .days()
                        .map(days -> !after(written, days).isAfter(now))
                        .orElse(false);
    }

    /** The days added, rounded up to the next midnight UTC. */
    static Instant after(Instant from, int days) {
        Instant due = from.plus(Duration.ofDays(days));
        Instant midnight = due.truncatedTo(ChronoUnit.DAYS);
        return midnight.equals(due) ? due : midnight.plus(Duration.ofDays(1));
    }
}
