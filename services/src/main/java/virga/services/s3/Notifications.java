package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.model.s3.FilterRule;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.NotificationConfigurationFilter;
import virga.model.s3.S3KeyFilter;

/**
 * Finds who is to be told of what became of an object, and queues a delivery for each. Source: "Amazon S3 Event Notifications", Amazon S3
 * User Guide.
 */
final class Notifications {
    void created(Call call, UnitOfWork work, S3Bucket bucket, StoredObject object, String event) {
        tell(
                call,
                work,
                bucket,
                new ObjectEvent(
                        event,
                        object.key(),
                        object.content().size(),
                        object.content().eTag(),
                        Optional.ofNullable(PutObject.shownVersion(object)).orElse(""),
                        sequencer(work),
                        reason(event),
                        call.principal().arn(),
                        call.sourceIp(),
                        call.requestId(),
                        work.now()));
    }

    /** @param permanently whether a version was named, so that nothing is left of it */
    void removed(
            Call call, UnitOfWork work, S3Bucket bucket, String key, Objects.Removal removal, boolean permanently) {
        if (!removal.changed()) {
            return;
        }
        boolean marked = removal.marker() && !permanently;
        tell(
                call,
                work,
                bucket,
                new ObjectEvent(
                        marked ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
                        key,
                        0,
                        "",
                        removal.versionId().equals(StoredObject.NULL_VERSION) ? "" : removal.versionId(),
                        sequencer(work),
                        "DeleteObject",
                        call.principal().arn(),
                        call.sourceIp(),
                        call.requestId(),
                        work.now()));
    }

    void expired(Call call, UnitOfWork work, S3Bucket bucket, String key, Objects.Removal removal) {
        tell(
                call,
                work,
                bucket,
                new ObjectEvent(
                        removal.marker() ? "LifecycleExpiration:DeleteMarkerCreated" : "LifecycleExpiration:Delete",
                        key,
                        0,
                        "",
                        removal.versionId().equals(StoredObject.NULL_VERSION) ? "" : removal.versionId(),
                        sequencer(work),
                        "Lifecycle Expiration",
                        call.principal().arn(),
                        "",
                        call.requestId(),
                        work.now()));
    }

    /** Grows with time, so that of two events about one key the later is told from the earlier. */
    private static String sequencer(UnitOfWork work) {
        long nanos = work.now().getEpochSecond() * 1_000_000_000 + work.now().getNano();
        return "%016X".formatted(nanos);
    }

    private static String reason(String event) {
        return switch (event) {
            case "ObjectCreated:Copy" -> "CopyObject";
            case "ObjectCreated:CompleteMultipartUpload" -> "CompleteMultipartUpload";
            default -> "PutObject";
        };
    }

    private static void tell(Call call, UnitOfWork work, S3Bucket bucket, ObjectEvent event) {
        Optional<NotificationConfiguration> configuration = BucketSetting.NOTIFICATION.of(work, bucket.name());
        if (configuration.isEmpty()) {
            return;
        }
        Cause cause = call.causeOfWhatFollows("s3");
        for (Wish wish : wishes(configuration.get())) {
            if (wish.means(event)) {
                work.send(
                        NotificationDelivery.KIND,
                        new NotificationDelivery.Told(bucket, wish.id(), wish.arn(), event),
                        cause);
            }
        }
        if (configuration.get().eventBridgeConfiguration().isPresent()) {
            work.send(NotificationDelivery.KIND, new NotificationDelivery.Told(bucket, "", "", event), cause);
        }
    }

    /** A notification that somebody asked for. */
    record Wish(String id, String arn, List<String> events, Optional<NotificationConfigurationFilter> filter) {
        boolean means(ObjectEvent event) {
            return events.stream().anyMatch(asked -> matches(asked, "s3:" + event.event()))
                    && filter
                            .flatMap(NotificationConfigurationFilter::key)
                            .map(S3KeyFilter::filterRules)
                            .orElse(List.of())
                            .stream()
                            .allMatch(rule -> matches(rule, event.key()));
        }

        private static boolean matches(String asked, String event) {
            return asked.endsWith("*") ? event.startsWith(asked.substring(0, asked.length() - 1)) : asked.equals(event);
        }

        private static boolean matches(FilterRule rule, String key) {
            String value = rule.value().orElse("");
            return rule.name().orElse("").toLowerCase(Locale.ROOT).equals("prefix")
                    ? key.startsWith(value)
                    : key.endsWith(value);
        }
    }

    static List<Wish> wishes(NotificationConfiguration configuration) {
        List<Wish> wishes = new ArrayList<>();
        configuration
                .lambdaFunctionConfigurations()
                .forEach(one ->
                        wishes.add(new Wish(one.id().orElse(""), one.lambdaFunctionArn(), one.events(), one.filter())));
        configuration
                .queueConfigurations()
                .forEach(one -> wishes.add(new Wish(one.id().orElse(""), one.queueArn(), one.events(), one.filter())));
        return wishes;
    }
}
