package virga.services.s3;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import virga.cloud.Environment;
import virga.cloud.Exchange;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Ids;
import virga.kernel.Principal;
import virga.model.Unset;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.s3.NotificationConfiguration;
import virga.model.s3.PutBucketNotificationConfigurationRequest;
import virga.model.s3.PutBucketNotificationConfigurationResponse;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.services.targets.QueueUrl;
import virga.store.RecordCodec;

/** Tells one target of one event, until it is taken; and tries out targets when they are configured. */
final class NotificationDelivery implements TaskHandler<NotificationDelivery.Told> {
    static final TaskKind<Told> KIND = new TaskKind<>("s3/notify", RecordCodec.of(Told.class));
    private static final int MOST_ATTEMPTS = 20;

    /** {@code target} is empty for the account's default event bus. */
    record Told(S3Bucket bucket, String configurationId, String target, ObjectEvent event) {}

    @Override
    public Result run(Task<Told> task, Environment environment) {
        Told told = task.payload();
        S3Bucket bucket = told.bucket();
        Call call = environment.newCall(bucket.scope(task.scope()), service(bucket), task.cause());
        try {
            if (told.target().isEmpty()) {
                putEvent(environment, call, bucket, told.event());
            } else {
                send(environment, call, told.target(), told.event().record(bucket, told.configurationId()), "Event");
            }
            return Result.DONE;
        } catch (Fault fault) {
            if (task.attempt() < MOST_ATTEMPTS) {
                throw fault;
            }
            // The target is gone for good; S3 keeps no dead-letter queue.
            return Result.DONE;
        }
    }

    private static Principal service(S3Bucket bucket) {
        return new Principal.Service(bucket.account(), "s3.amazonaws.com", bucket.arn());
    }

    private static void putEvent(Environment environment, Call call, S3Bucket bucket, ObjectEvent event) {
        environment.call(
                call,
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .source("aws.s3")
                                .detailType(event.detailType())
                                .detail(event.detail(bucket))
                                .resources(List.of(bucket.arn()))
                                .time(event.at())
                                .build()))
                        .build());
    }

    private static void send(Environment environment, Call call, String target, String message, String invocationType) {
        Arn arn = Arn.parse(target);
        if (arn.service().equals("lambda")) {
            environment.call(
                    call,
                    Lambda.INVOKE,
                    InvocationRequest.builder()
                            .functionName(target)
                            .invocationType(invocationType)
                            .payload(Bytes.ofUtf8(message))
                            .build());
        } else {
            environment.call(
                    call,
                    Sqs.SEND_MESSAGE,
                    SendMessageRequest.builder()
                            .queueUrl(QueueUrl.of(arn))
                            .messageBody(message)
                            .build());
        }
    }

    /** PutBucketNotificationConfiguration: every target must take a test before the configuration is kept. */
    static PutBucketNotificationConfigurationResponse configure(
            Call call, PutBucketNotificationConfigurationRequest input, Exchange exchange) {
        NotificationConfiguration configuration = input.notificationConfiguration();
        if (!configuration.topicConfigurations().isEmpty()) {
            throw Fault.unsupported("s3:PutBucketNotificationConfiguration/TopicConfigurations");
        }
        S3Bucket bucket = exchange.read(reading -> Buckets.of(reading, input));
        List<Notifications.Wish> wishes = Notifications.wishes(configuration);
        wishes.forEach(wish -> check(wish));
        if (!input.skipDestinationValidation().orElse(false)) {
            wishes.forEach(wish -> test(call, exchange, bucket, wish));
        }
        exchange.transact(work -> {
            BucketSetting.NOTIFICATION.put(work, bucket.name(), named(configuration, work.ids()));
            return bucket;
        });
        return PutBucketNotificationConfigurationResponse.builder().build();
    }

    /** Configurations that came without an id get one, as on AWS. */
    private static NotificationConfiguration named(NotificationConfiguration configuration, Ids ids) {
        var functions = configuration.lambdaFunctionConfigurations().stream()
                .map(one -> one.toBuilder().id(one.id().orElseGet(ids::uuid)).build())
                .toList();
        var queues = configuration.queueConfigurations().stream()
                .map(one -> one.toBuilder().id(one.id().orElseGet(ids::uuid)).build())
                .toList();
        return NotificationConfiguration.builder()
                .lambdaFunctionConfigurations(Unset.ifEmpty(functions))
                .queueConfigurations(Unset.ifEmpty(queues))
                .eventBridgeConfiguration(
                        configuration.eventBridgeConfiguration().orElse(null))
                .build();
    }

    private static void check(Notifications.Wish wish) {
        boolean known = Arn.isArn(wish.arn()) && wish.arn().matches("arn:aws:(lambda|sqs):.*");
        if (!known) {
            throw S3Faults.invalidArgument("The ARN could not be parsed");
        }
        for (String event : wish.events()) {
            if (!event.matches("s3:(ObjectCreated:(\\*|Put|Post|Copy|CompleteMultipartUpload)"
                    + "|ObjectRemoved:(\\*|Delete|DeleteMarkerCreated)"
                    + "|LifecycleExpiration:(\\*|Delete|DeleteMarkerCreated))")) {
                throw Fault.unsupported("s3:PutBucketNotificationConfiguration/Events/" + event);
            }
        }
        wish.filter()
                .flatMap(filter -> filter.key())
                .ifPresent(key -> key.filterRules().forEach(rule -> {
                    if (!rule.name().orElse("").toLowerCase(Locale.ROOT).matches("prefix|suffix")) {
                        throw S3Faults.invalidArgument("filter rule name must be either prefix or suffix");
                    }
                }));
    }

    private static void test(Call call, Exchange exchange, S3Bucket bucket, Notifications.Wish wish) {
        String message = new ObjectMapper()
                .createObjectNode()
                .put("Service", "Amazon S3")
                .put("Event", "s3:TestEvent")
                .put("Time", call.at().toString())
                .put("Bucket", bucket.name())
                .put("RequestId", call.requestId())
                .put("HostId", Owners.canonicalId(call.requestId()))
                .toString();
        Call tested = exchange.newCall(bucket.scope(call.scope()), service(bucket), call.causeOfWhatFollows("s3"));
        try {
            send(exchange, tested, wish.arn(), message, "DryRun");
        } catch (Fault fault) {
            throw S3Faults.invalidArgument("Unable to validate the following destination configurations");
        }
    }
}
