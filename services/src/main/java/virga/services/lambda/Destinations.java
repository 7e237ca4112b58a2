package virga.services.lambda;

import java.util.List;
import java.util.Map;
import virga.cloud.Environment;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.events.Events;
import virga.model.events.PutEventsRequest;
import virga.model.events.PutEventsRequestEntry;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.Lambda;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.services.targets.QueueUrl;

/** Sends what became of an event to a queue, a function or a bus. */
public final class Destinations {
    private static final int LONGEST_ERROR = 1024;

    /** @throws Fault where the destination refuses; the task that sends is then tried again */
    public void send(Environment environment, Call because, String destination, String record) {
        Call call = environment.newCall(because.scope(), because.principal(), because.cause());
        Arn arn = Arn.parse(destination);
        switch (arn.service()) {
            case "sqs" ->
                environment.call(
                        call,
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(QueueUrl.of(arn))
                                .messageBody(record)
                                .build());
            case "lambda" ->
                environment.call(
                        call,
                        Lambda.INVOKE,
                        InvocationRequest.builder()
                                .functionName(destination)
                                .invocationType("Event")
                                .payload(virga.kernel.Bytes.ofUtf8(record))
                                .build());
            case "events" ->
                environment.call(
                        call,
                        Events.PUT_EVENTS,
                        PutEventsRequest.builder()
                                .entries(List.of(PutEventsRequestEntry.builder()
                                        .eventBusName(arn.name())
                                        .source("lambda")
                                        .detailType("Lambda Function Invocation Result")
                                        .detail(record)
                                        .build()))
                                .build());
            default -> throw Fault.unsupported("AWS::Lambda::EventInvokeConfig/DestinationConfig/" + arn.service());
        }
    }

    /** The event itself goes to a dead-letter queue, with what went wrong in its attributes. */
    void sendDeadLetter(
            Environment environment, Call because, String queueArn, String event, String requestId, String error) {
        Arn arn = Arn.parse(queueArn);
        if (!arn.service().equals("sqs")) {
            throw Fault.unsupported("AWS::Lambda::Function/DeadLetterConfig/" + arn.service());
        }
        Call call = environment.newCall(because.scope(), because.principal(), because.cause());
        String message = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
        environment.call(
                call,
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(QueueUrl.of(arn))
                        .messageBody(event)
                        .messageAttributes(Map.of(
                                "RequestID", text("String", requestId),
                                "ErrorCode", text("Number", "200"),
                                "ErrorMessage", text("String", message)))
                        .build());
    }

    private static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
