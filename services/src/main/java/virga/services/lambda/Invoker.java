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
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;

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
        return invoke(environment, FunctionReference.parse(call, functionArn), event);
    }

    /** The principal as which Lambda polls for the function: a session of its execution role. */
    public Optional<Principal> poller(Environment environment, Call call, String functionArn) {
        FunctionReference reference = FunctionReference.parse(call, functionArn);
        return environment
                .read(reading -> Functions.find(reading, reference))
                .map(function -> Arn.parse(function.configuration().roleArn()))
                .map(role -> new Principal.RoleSession(role.account(), role.name(), reference.name()));
    }

    /** @throws virga.model.lambda.ResourceNotFoundException where the function is not there (any more) */
    Outcome invoke(Environment environment, FunctionReference reference, Event event) throws InterruptedException {
        double share = environment.ports().chance().nextDouble();
        LambdaFunction function = environment.read(reading -> Functions.resolve(reading, reference, share));
        int reserved = environment
                .read(reading -> Functions.latest(reading, reference))
                .reservedConcurrency();
        Invocation invocation = new Invocation(
                event.requestId(),
                event.payload(),
                event.causes(),
                reference.arn(),
                event.clientContext(),
                environment.sequence(),
                event.origin(),
                event.queuedAt());
        return engine.invoke(Functions.forEngine(environment, function, reserved), invocation);
    }
}
