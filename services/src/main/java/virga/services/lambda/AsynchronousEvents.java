package virga.services.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.kernel.Bytes;
import virga.kernel.function.Outcome;
import virga.model.lambda.ResourceNotFoundException;
import virga.store.RecordCodec;

/**
 * Events that were accepted to be handled later. A function error is tried again after one minute, then after two; throttles and
 * errors of the system are tried again with growing pauses until the event is too old. What is given up goes to the failure
 * destination and to the dead-letter queue; where no concurrency is left to the function at all, at once. Source: "How Lambda handles
 * errors and retries with asynchronous invocation", "Capturing records of Lambda asynchronous invocations", AWS Lambda Developer Guide.
 */
final class AsynchronousEvents implements TaskHandler<AsynchronousEvents.Event> {
    static final TaskKind<Event> KIND = new TaskKind<>("lambda/event", RecordCodec.of(Event.class));

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Invoker invoker;

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
        try {
            return run(task, target(task, environment), environment);
        } catch (ResourceNotFoundException goneSince) {
            return Result.DONE; // Deleted since: AWS drops its events.
        }
    }

    private Invoker.Target target(Task<Event> task, Environment environment) {
        return invoker.target(
                environment,
                FunctionReference.parse(task.scope(), task.payload().functionArn(), ""));
    }

    private Result run(Task<Event> task, Invoker.Target target, Environment environment) throws InterruptedException {
        Event event = task.payload();
        InvokeConfig config = environment.read(reading -> InvokeConfigs.of(reading, target.reference()));
        Instant now = environment.ports().clock().now();
        Ending ending = new Ending(task, config, target.version());
        if (target.reserved() == 0) {
            return ending.given("ZeroReservedConcurrency", task.attempt() - 1, environment);
        }
        if (event.queuedAt().plusSeconds(config.ageSeconds()).isBefore(now)) {
            return ending.given("EventAgeExceeded", task.attempt() - 1, environment);
        }
        Outcome outcome = invoker.invoke(
                environment,
                target,
                new Invoker.Event(event.requestId(), event.payload(), List.of(task.cause()), "", "", event.queuedAt()));
        return switch (outcome) {
            case Outcome.Returned returned -> ending.handled(returned, environment);
            case Outcome.Failed failed ->
                task.attempt() <= config.retries()
                        ? Result.again(environment.ports().clock().now().plus(Duration.ofMinutes(task.attempt())))
                        : ending.exhausted(failed, environment);
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
}
