package virga.services.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.services.targets.QueueUrl;
import virga.store.RecordCodec;

/**
 * Hands one event to one target, tries again while that may help, and gives up into the dead-letter queue. Source: "How EventBridge
 * retries delivering events" and "Using dead-letter queues to process undelivered events", EventBridge User Guide.
 */
final class Deliveries implements TaskHandler<Deliveries.Delivery> {
    static final TaskKind<Delivery> KIND = new TaskKind<>("events/deliver", RecordCodec.of(Delivery.class));
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    /** An event for a target: both as they were when the event arrived. */
    record Delivery(Rule rule, Target target, String event, Instant acceptedAt) {}

    static void queue(Rule rule, String event, UnitOfWork work) {
        for (Target target : rule.targets().values()) {
            work.send(KIND, new Delivery(rule.withTargets(Map.of()), target, event, work.now()));
        }
    }

    @Override
    public Result run(Task<Delivery> task, Environment environment) {
        Delivery delivery = task.payload();
        Call call = call(task, environment);
        String input = new TargetInput(delivery.rule(), delivery.acceptedAt().toString())
                .of(delivery.target().input(), delivery.event());
        try {
            send(environment, call, delivery, input);
            if (environment.weather().duplicates(delivery.rule().arn())) {
                send(environment, call(task, environment), delivery, input);
            }
            return Result.DONE;
        } catch (Fault fault) {
            return failed(task, environment, fault);
        }
    }

    private static Call call(Task<Delivery> task, Environment environment) {
        var service = new Principal.Service(
                task.scope().account(),
                "events.amazonaws.com",
                task.payload().rule().arn());
        return environment.newCall(task.scope(), service, task.cause());
    }

    private static void send(Environment environment, Call call, Delivery delivery, String input) {
        Arn arn = Arn.parse(delivery.target().arn());
        switch (arn.service()) {
            case "lambda" ->
                environment.call(
                        call,
                        Lambda.INVOKE,
                        InvocationRequest.builder()
                                .functionName(delivery.target().arn())
                                .invocationType("Event")
                                .payload(Bytes.ofUtf8(input))
                                .build());
            case "sqs" ->
                environment.call(
                        call,
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(QueueUrl.of(arn))
                                .messageBody(input)
                                .build());
            case "events" -> forward(environment, call, arn, input);
            default -> throw Fault.unsupported("AWS::Events::Rule/Targets/Arn/" + arn.service());
        }
    }

    private static void forward(Environment environment, Call call, Arn bus, String event) {
        var json = EventJson.parse(event);
        environment.call(
                call,
                Events.PUT_EVENTS,
                PutEventsRequest.builder()
                        .entries(List.of(PutEventsRequestEntry.builder()
                                .eventBusName(bus.toString())
                                .source(json.path("source").asText())
                                .detailType(json.path("detail-type").asText())
                                .detail(json.path("detail").toString())
                                .resources(EventJson.texts(json.path("resources")))
                                .build()))
                        .build());
    }

    private static Result failed(Task<Delivery> task, Environment environment, Fault fault) {
        Delivery delivery = task.payload();
        Instant now = environment.ports().clock().now();
        boolean passing = fault.isPassing();
        boolean tooOld = delivery.acceptedAt()
                .plusSeconds(delivery.target().ageSeconds())
                .isBefore(now);
        if (passing && !tooOld && task.attempt() <= delivery.target().retries()) {
            return Result.again(now.plus(pause(task.attempt(), environment)));
        }
        if (!delivery.target().deadLetters().isEmpty()) {
            String condition = !passing ? "" : tooOld ? "MaximumEventAgeInSeconds" : "MaximumRetryAttempts";
            bury(task, environment, fault, condition);
        }
        return Result.DONE;
    }

    /** Grows from a second to half an hour, with chance in it, as AWS's exponential back-off with jitter. */
    private static Duration pause(int attempt, Environment environment) {
        long full = Math.min(LONGEST_PAUSE.toMillis(), 1000L << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + (long) (environment.ports().chance().nextDouble() * full / 2));
    }

    private static void bury(Task<Delivery> task, Environment environment, Fault fault, String condition) {
        Delivery delivery = task.payload();
        Map<String, MessageAttributeValue> attributes = new java.util.TreeMap<>();
        attributes.put("RULE_ARN", text(delivery.rule().arn()));
        attributes.put("TARGET_ARN", text(delivery.target().arn()));
        attributes.put("ERROR_CODE", text(reason(fault)));
        attributes.put("ERROR_MESSAGE", text(String.valueOf(fault.getMessage())));
        attributes.put("RETRY_ATTEMPTS", text(Integer.toString(task.attempt() - 1)));
        if (!condition.isEmpty()) {
            attributes.put("EXHAUSTED_RETRY_CONDITION", text(condition));
        }
        environment.call(
                call(task, environment),
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(QueueUrl.of(Arn.parse(delivery.target().deadLetters())))
                        .messageBody(delivery.event())
                        .messageAttributes(attributes)
                        .build());
    }

    /** The fault among the error codes that EventBridge's dead letters bear. */
    private static String reason(Fault fault) {
        if (fault.isThrottle()) {
            return "THROTTLING";
        }
        if (!fault.isClientFault()) {
            return "ERROR_FROM_TARGET";
        }
        return switch (fault.code()) {
            case "AccessDenied", "AccessDeniedException" -> "NO_PERMISSIONS";
            case "ResourceNotFoundException", "QueueDoesNotExist" -> "NO_RESOURCE";
            case "InvalidParameterValue", "InvalidParameterValueException" -> "INVALID_PARAMETER";
            case "InvalidRequestContentException" -> "INVALID_JSON";
            default -> "SDK_CLIENT_ERROR";
        };
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
