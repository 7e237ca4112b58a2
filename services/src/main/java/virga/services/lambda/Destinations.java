package virga.services.lambda;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
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
 * Sends what became of an event to a queue, a function or a bus, with the permissions of the function's execution role. It is a task of
 * its own, so that the function is not run again for a destination's sake. What a destination refuses is lost, as on AWS, where only the
 * metrics DestinationDeliveryFailures and DeadLetterErrors tell of it. Source: "Capturing records of Lambda asynchronous invocations",
 * AWS Lambda Developer Guide.
 */
public final class Destinations implements TaskHandler<Destinations.Delivery> {
    static final TaskKind<Delivery> KIND = new TaskKind<>("lambda/destination", RecordCodec.of(Delivery.class));

    private static final int LONGEST_ERROR = 1024;

    /**
     * Something on its way to a destination.
     *
     * @param functionArn whose it is; its execution role sends it
     * @param destination an ARN
     * @param detailType what an event on a bus is called
     * @param attributes of a message, by name
     */
    record Delivery(
            String functionArn, String destination, String body, String detailType, Map<String, Attribute> attributes) {
        Delivery {
            attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        }
    }

    /** A message attribute. */
    record Attribute(String type, String value) {}

    /** Refuses a destination of a service that is not among {@code services}. @param path of the setting */
    public static void check(String destination, Set<String> services, String path) {
        if (!destination.isEmpty() && !services.contains(Arn.parse(destination).service())) {
            throw Fault.unsupported(path + "/" + Arn.parse(destination).service());
        }
    }

    /** Sends an invocation record once {@code work} is committed. */
    public static void send(
            UnitOfWork work, Cause cause, String functionArn, String destination, boolean success, String record) {
        String detailType = "Lambda Function Invocation Result - " + (success ? "Success" : "Failure");
        work.send(KIND, new Delivery(functionArn, destination, record, detailType, Map.of()), cause);
    }

    /** Sends the event itself to a dead-letter queue once {@code work} is committed. */
    static void bury(UnitOfWork work, Cause cause, String functionArn, String queue, String event, Epitaph epitaph) {
        String message = epitaph.message();
        Map<String, Attribute> attributes = new TreeMap<>();
        attributes.put("RequestID", new Attribute("String", epitaph.requestId()));
        attributes.put("ErrorCode", new Attribute("Number", Integer.toString(epitaph.status())));
        attributes.put(
                "ErrorMessage",
                new Attribute(
                        "String", message.length() > LONGEST_ERROR ? message.substring(0, LONGEST_ERROR) : message));
        work.send(KIND, new Delivery(functionArn, queue, event, "", attributes), cause);
    }

    /**
     * What a dead letter says of its end.
     *
     * @param status as a synchronous invocation would have been answered
     */
    record Epitaph(String requestId, int status, String message) {}

    @Override
    public Result run(Task<Delivery> task, Environment environment) {
        Delivery delivery = task.payload();
        Optional<Principal> role = Invoker.executionRole(environment, task.scope(), delivery.functionArn());
        if (role.isEmpty()) {
            return Result.DONE; // The function was deleted since, and with it its destinations.
        }
        try {
            deliver(environment, environment.newCall(task.scope(), role.get(), task.cause()), delivery);
        } catch (Fault fault) {
            if (fault.isPassing()) {
                throw fault;
            }
        }
        return Result.DONE;
    }

    private static void deliver(Environment environment, Call call, Delivery delivery) {
        Arn arn = Arn.parse(delivery.destination());
        switch (arn.service()) {
            case "sqs" ->
                environment.call(
                        call,
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(QueueUrl.of(arn))
                                .messageBody(delivery.body())
                                .messageAttributes(attributes(delivery))
                                .build());
            case "lambda" ->
                environment.call(
                        call,
                        Lambda.INVOKE,
                        InvocationRequest.builder()
                                .functionName(delivery.destination())
                                .invocationType("Event")
                                .payload(Bytes.ofUtf8(delivery.body()))
                                .build());
            case "events" ->
                environment.call(
                        call,
                        Events.PUT_EVENTS,
                        PutEventsRequest.builder()
                                .entries(List.of(PutEventsRequestEntry.builder()
                                        .eventBusName(delivery.destination())
                                        .source("lambda")
                                        .detailType(delivery.detailType())
                                        .detail(delivery.body())
                                        .resources(List.of(delivery.destination(), delivery.functionArn()))
                                        .build()))
                                .build());
            default -> throw new Bug("no destination: " + delivery.destination());
        }
    }

    private static Map<String, MessageAttributeValue> attributes(Delivery delivery) {
        Map<String, MessageAttributeValue> attributes = new TreeMap<>();
        delivery.attributes()
                .forEach((name, attribute) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType(attribute.type())
                                .stringValue(attribute.value())
                                .build()));
        return attributes;
    }
}
