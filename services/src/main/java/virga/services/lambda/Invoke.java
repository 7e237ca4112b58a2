package virga.services.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.function.Outcome;
import virga.model.lambda.InvalidRequestContentException;
import virga.model.lambda.InvocationRequest;
import virga.model.lambda.InvocationResponse;
import virga.model.lambda.TooManyRequestsException;

/** Invokes a function and waits, or takes an event to be handled later. Source: Invoke, AWS Lambda API Reference. */
final class Invoke implements Conversation<InvocationRequest, InvocationResponse> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Bytes EMPTY_EVENT = Bytes.ofUtf8("{}");
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final Invoker invoker;
    private final LambdaLimits limits;

    Invoke(Invoker invoker, LambdaLimits limits) {
        this.invoker = invoker;
        this.limits = limits;
    }

    @Override
    public InvocationResponse handle(Call call, InvocationRequest input, Exchange exchange)
            throws InterruptedException {
        FunctionReference reference = FunctionReference.parse(
                call, input.functionName(), input.qualifier().orElse(""));
        Bytes payload = input.payload().filter(given -> !given.isEmpty()).orElse(EMPTY_EVENT);
        requireJson(payload);
        Invoker.Target target = invoker.target(exchange, reference);
        return switch (input.invocationType().orElse("RequestResponse")) {
            case "Event" -> later(call, reference, payload, exchange);
            case "DryRun" -> InvocationResponse.builder().statusCode(NO_CONTENT).build();
            default -> now(call, target, new Wanted(payload, input), exchange);
        };
    }

    private record Wanted(Bytes payload, InvocationRequest input) {}

    private InvocationResponse later(Call call, FunctionReference reference, Bytes payload, Exchange exchange) {
        requireSize(payload, "Event", limits.asynchronousPayload());
        String requestId = eventId(exchange);
        exchange.transact(work -> {
            var event = new AsynchronousEvents.Event(reference.arn(), payload, work.now(), requestId);
            work.send(AsynchronousEvents.KIND, event);
            return null;
        });
        exchange.answerAs(requestId);
        return InvocationResponse.builder().statusCode(ACCEPTED).build();
    }

    private InvocationResponse now(Call call, Invoker.Target target, Wanted wanted, Exchange exchange)
            throws InterruptedException {
        requireSize(wanted.payload(), "RequestResponse", limits.synchronousPayload());
        String requestId = eventId(exchange);
        Outcome outcome = invoker.invoke(
                exchange,
                target,
                new Invoker.Event(
                        requestId,
                        wanted.payload(),
                        List.of(call.causeOfWhatFollows("invoke")),
                        wanted.input().clientContext().orElse(""),
                        "",
                        call.at()));
        exchange.answerAs(requestId);
        boolean tail = wanted.input().logType().filter("Tail"::equals).isPresent();
        InvocationResponse.Builder answer = InvocationResponse.builder()
                .statusCode(200)
                .executedVersion(target.version().version());
        return switch (outcome) {
            case Outcome.Returned returned ->
                answer.payload(returned.payload())
                        .logResult(tail ? base64(returned.logTail()) : null)
                        .build();
            case Outcome.Failed failed ->
                answer.functionError(failed.kind())
                        .payload(failed.payload())
                        .logResult(tail ? base64(failed.logTail()) : null)
                        .build();
            case Outcome.Throttled throttled ->
                throw TooManyRequestsException.builder()
                        .message("Rate Exceeded.")
                        .reason(throttled.reason())
                        .type("User")
                        .build();
            case Outcome.Refused refused -> throw new Fault("InvalidRuntimeException", 502, refused.reason());
        };
    }

    /**
     * The id of the event, which the function sees, its log lines bear and clients get with the answer. The call's record has another:
     * under the same id, the invocation would be its own cause.
     */
    private static String eventId(Exchange exchange) {
        return exchange.ports().ids().uuid();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requireSize(Bytes payload, String type, int most) {
        if (payload.length() > most) {
            throw new Fault(
                    "RequestTooLargeException",
                    413,
                    payload.length() + " byte payload is too large for the " + type + " invocation type (limit " + most
                            + " bytes)");
        }
    }

    private static void requireJson(Bytes payload) {
        try (JsonParser parser = JSON.createParser(payload.unsafeArray())) {
            boolean something = false;
            while (parser.nextToken() != null) {
                something = true;
                parser.skipChildren();
            }
            if (!something) {
                throw new InvalidRequestContentException(
                        "Could not parse request body into json: No content to map to Object due to end of input");
            }
        } catch (IOException e) {
            throw new InvalidRequestContentException("Could not parse request body into json: " + e.getMessage());
        }
    }
}
