package virga.services.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.store.Reading;

/** Hands events to the engine: what Invoke, asynchronous events and event source mappings share. */
public final class Invoker {
    private final FunctionEngine engine;

    public Invoker(FunctionEngine engine) {
        this.engine = engine;
    }

    /**
     * One event.
     *
     * @param causes the principal one first
     * @param origin the ARN of what delivers it, or empty
     */
    public record Event(
            String requestId,
            Bytes payload,
            List<Cause> causes,
            String clientContext,
            String origin,
            Instant queuedAt) {}

    /**
     * Hands an event to a function by its ARN.
     *
     * @throws virga.model.lambda.ResourceNotFoundException where the function is not there (any more)
     */
    public Outcome invoke(Environment environment, Call call, String functionArn, Event event)
            throws InterruptedException {
        return invoke(environment, target(environment, FunctionReference.parse(call, functionArn)), event);
    }

    /**
     * A function as a caller names it, in one of the several ways.
     *
     * @param arn with its qualifier
     */
    public record Named(String arn, int timeoutSeconds) {}

    /** @throws virga.model.lambda.ResourceNotFoundException where the function, version or alias is not there */
    public static Named named(Call call, String function, Reading reading) {
        FunctionReference reference = FunctionReference.parse(call, function);
        LambdaFunction version = Functions.resolve(reading, reference, 1);
        return new Named(reference.arn(), version.configuration().running().timeoutSeconds());
    }

    /** As whom Lambda polls and delivers for the function: a session of its execution role; empty where it is gone. */
    public static Optional<Principal> executionRole(Environment environment, Scope scope, String functionArn) {
        FunctionReference reference = FunctionReference.parse(scope, functionArn, "");
        return environment
                .read(reading -> Functions.find(reading, reference))
                .map(function -> Arn.parse(function.configuration().roleArn()))
                .map(role -> new Principal.RoleSession(role.account(), role.name(), reference.name()));
    }

    /**
     * What an invocation of the reference runs. An alias with weights picks a version anew each time.
     *
     * @throws virga.model.lambda.ResourceNotFoundException where the function is not there (any more)
     */
    Target target(Environment environment, FunctionReference reference) {
        double share = environment.ports().chance().nextDouble();
        return environment.read(reading -> new Target(
                reference,
                Functions.resolve(reading, reference, share),
                Functions.latest(reading, reference).reservedConcurrency()));
    }

    /**
     * The version that an invocation runs.
     *
     * @param reserved the function's concurrency, -1 where none is reserved
     */
    record Target(FunctionReference reference, LambdaFunction version, int reserved) {}

    Outcome invoke(Environment environment, Target target, Event event) throws InterruptedException {
        Invocation invocation = new Invocation(
                event.requestId(),
                event.payload(),
                event.causes(),
                target.reference().arn(),
                event.clientContext(),
                environment.sequence(),
                event.origin(),
                event.queuedAt());
        return engine.invoke(Functions.forEngine(environment, target.version(), target.reserved()), invocation);
    }
}
