package virga.services.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.function.Outcome;
import virga.model.lambda.ResourceNotFoundException;
import virga.store.RecordCodec;

/**
 * Events that were accepted to be handled later. A function error is tried again after one minute, then after two; throttles and
 * errors of the system are tried again with growing pauses until the event is too old. What is given up goes to the failure
 * destination and to the dead-letter queue. Source: "How Lambda handles errors and retries with asynchronous invocation", AWS
 * Lambda Developer Guide.
 */
final class AsynchronousEvents implements TaskHandler<AsynchronousEvents.Event> {
    static final TaskKind<Event> KIND = new TaskKind<>("lambda/event", RecordCodec.of(Event.class));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Invoker invoker;
    private final Destinations destinations = new Destinations();

    AsynchronousEvents(Invoker invoker) {
        this.invoker = invoker;
    }

    /**
     * An event in the function's queue.
     *
     * @param functionArn as it was invoked, with its qualifier
     * @param requestId what the function sees, the same on each attempt
     */
    record Event(String functionArn, Bytes payload, Instant queuedAt, String requestId) {}

    @Override
    public Result run(Task<Event> task, Environment environment) throws InterruptedException {
        Event event = task.payload();
        Call call = environment.newCall(
                task.scope(),
                new virga.kernel.Principal.Service(task.scope().account(), "lambda.amazonaws.com", event.functionArn()),
                task.cause());
        FunctionReference reference = FunctionReference.parse(call, event.functionArn());
        Optional<LambdaFunction> function = environment.read(reading -> Functions.find(reading, reference));
        if (function.isEmpty()) {
            return Result.DONE; // Deleted since: AWS drops its events.
        }
        InvokeConfig config = environment.read(reading -> InvokeConfigs.of(reading, reference));
        Instant now = environment.ports().clock().now();
        if (event.queuedAt().plusSeconds(config.ageSeconds()).isBefore(now)) {
            return end(
                    new Ending(call, event, config, function.get(), "EventAgeExceeded", task.attempt() - 1),
                    Optional.empty(),
                    environment);
        }
        Outcome outcome;
        try {
            outcome = invoker.invoke(
                    environment,
                    reference,
                    new Invoker.Event(
                            event.requestId(), event.payload(), List.of(task.cause()), "", "", event.queuedAt()));
        } catch (ResourceNotFoundException goneSince) {
            return Result.DONE;
        }
        Ending ending = new Ending(call, event, config, function.get(), "", task.attempt());
        return switch (outcome) {
            case Outcome.Returned returned -> end(ending.because("Success"), Optional.of(returned), environment);
            case Outcome.Failed failed ->
                task.attempt() <= config.retries()
                        ? Result.again(now.plus(Duration.ofMinutes(task.attempt())))
                        : end(ending.because("RetriesExhausted"), Optional.of(failed), environment);
            // The function did not run: this uses up none of its retries.
            case Outcome.Throttled throttled -> Result.later(now.plus(pause(event, now)));
            case Outcome.Refused refused -> Result.later(now.plus(pause(event, now)));
        };
    }

    /** As long as the event has waited already, so that pauses double. */
    private static Duration pause(Event event, Instant now) {
        Duration waited = Duration.between(event.queuedAt(), now);
        if (waited.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
    }

    /** How an event's way ended. {@code condition} is AWS's word for it. */
    private record Ending(
            Call call, Event event, InvokeConfig config, LambdaFunction function, String condition, int attempts) {
        Ending because(String reason) {
            return new Ending(call, event, config, function, reason, attempts);
        }
    }

    private Result end(Ending ending, Optional<Outcome> outcome, Environment environment) {
        boolean success = ending.condition().equals("Success");
        String destination =
                success ? ending.config().onSuccess() : ending.config().onFailure();
        if (!destination.isEmpty()) {
            destinations.send(
                    environment,
                    ending.call(),
                    destination,
                    story(ending, outcome, environment).toString());
        }
        String deadLetters = ending.function().configuration().deadLetterArn();
        if (!success && !deadLetters.isEmpty()) {
            String error = outcome.filter(Outcome.Failed.class::isInstance)
                    .map(failed -> ((Outcome.Failed) failed).payload().utf8())
                    .orElse(ending.condition());
            destinations.sendDeadLetter(
                    environment,
                    ending.call(),
                    deadLetters,
                    ending.event().payload().utf8(),
                    ending.event().requestId(),
                    error);
        }
        return Result.DONE;
    }

    /** The record that destinations receive. Source: "Capturing records of Lambda asynchronous invocations". */
    private static ObjectNode story(Ending ending, Optional<Outcome> outcome, Environment environment) {
        ObjectNode story = JSON.createObjectNode();
        story.put("version", "1.0");
        story.put("timestamp", environment.ports().clock().now().toString());
        String arn = ending.event().functionArn();
        ObjectNode request = story.putObject("requestContext");
        request.put("requestId", ending.event().requestId());
        request.put("functionArn", arn.equals(ending.function().arn()) ? arn + ":$LATEST" : arn);
        request.put("condition", ending.condition());
        request.put("approximateInvokeCount", ending.attempts());
        story.putRawValue(
                "requestPayload", new RawValue(ending.event().payload().utf8()));
        if (outcome.isEmpty()) {
            return story;
        }
        ObjectNode response = story.putObject("responseContext");
        response.put("statusCode", 200);
        response.put("executedVersion", ending.function().version());
        switch (outcome.get()) {
            case Outcome.Returned returned ->
                story.putRawValue(
                        "responsePayload", new RawValue(returned.payload().utf8()));
            case Outcome.Failed failed -> {
                response.put("functionError", failed.kind());
                story.putRawValue(
                        "responsePayload", new RawValue(failed.payload().utf8()));
            }
            case Outcome.Throttled throttled -> response.put("functionError", throttled.reason());
            case Outcome.Refused refused -> response.put("functionError", refused.reason());
        }
        return story;
    }
}
