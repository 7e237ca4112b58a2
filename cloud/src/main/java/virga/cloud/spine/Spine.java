package virga.cloud.spine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import virga.cloud.Atomic;
import virga.cloud.Conversation;
import virga.cloud.Environment.Carried;
import virga.cloud.Streaming;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.CommonError;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.StructureCodec;

/**
 * The life of a call inside the cloud: authorise, weather, dispatch to the handler, record. Every call passes here, from a client or
 * between services; see "The life of a call" in ARCHITECTURE.md.
 */
final class Spine {
    private final Registry registry;
    private final Authorization authorization;

    Spine(Registry registry) {
        this.registry = registry;
        this.authorization = new Authorization(registry);
    }

    <I extends Structure, O extends Structure> Carried<O> run(
            LiveEnvironment environment, Call call, Operation<I, O> operation, I input) {
        try (LiveExchange exchange = new LiveExchange(environment, call)) {
            return run(environment, exchange, call, operation, input);
        }
    }

    private <I extends Structure, O extends Structure> Carried<O> run(
            LiveEnvironment environment, LiveExchange exchange, Call call, Operation<I, O> operation, I input) {
        long sequence = environment.sequence();
        long started = environment.ports().clock().nanos();
        List<String> resources = List.of();
        try {
            Bound<I, O> bound = registry.find(operation).orElseThrow(() -> Fault.notImplemented(operation.name()));
            resources = bound.resources(call, input);
            authorise(exchange, call, bound, input);
            bound.refuseUnsupported(input);
            weather(environment, call, operation);
            O output = dispatch(exchange, call, bound, input);
            environment.weather().loseAnswer(call, operation).ifPresent(lost -> {
                throw lost;
            });
            Outcome outcome = new Outcome("ok", operation.http().status(), output);
            record(environment, exchange, new Said<>(call, operation, input, resources), outcome, started, sequence);
            return exchange.answer(output);
        } catch (Fault fault) {
            Outcome outcome = new Outcome(fault.code(), fault.status(), null);
            exchange.detail(Details.MESSAGE, String.valueOf(fault.getMessage()));
            record(environment, exchange, new Said<>(call, operation, input, resources), outcome, started, sequence);
            throw fault;
        } catch (RuntimeException bug) {
            exchange.detail(Details.MESSAGE, bug.toString());
            Outcome outcome = new Outcome("InternalFailure", 500, null);
            record(environment, exchange, new Said<>(call, operation, input, resources), outcome, started, sequence);
            throw bug;
        }
    }

    /** @throws Fault AWS's access denied where the environment enforces; under audit it is only noted */
    private <I extends Structure> void authorise(LiveExchange exchange, Call call, Bound<I, ?> bound, I input) {
        authorization.check(exchange, call, bound, input).ifPresent(denial -> {
            if (denial.enforced()) {
                throw CommonError.ACCESS_DENIED.of(bound.operation().service(), denial.message());
            }
            exchange.detail(Details.WOULD_BE_DENIED, denial.message());
        });
    }

    private static void weather(LiveEnvironment environment, Call call, Operation<?, ?> operation) {
        Duration delay = environment.weather().delay(call, operation);
        if (!delay.isZero()) {
            try {
                environment.ports().clock().sleep(delay);
            } catch (InterruptedException e) {
                throw interrupted(operation);
            }
        }
        environment.weather().strike(call, operation).ifPresent(fault -> {
            throw fault;
        });
    }

    private static <I extends Structure, O extends Structure> O dispatch(
            LiveExchange exchange, Call call, Bound<I, O> bound, I input) {
        try {
            return switch (bound.handler()) {
                case Atomic<I, O> atomic -> exchange.transact(work -> atomic.handle(call, input, work));
                case Conversation<I, O> conversation -> conversation.handle(call, input, exchange);
                case Streaming<I, O> streaming -> streaming.handle(call, input, exchange);
            };
        } catch (InterruptedException e) {
            throw interrupted(bound.operation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment is closing, or the client is gone: nobody will read the answer. */
    private static Fault interrupted(Operation<?, ?> operation) {
        Thread.currentThread().interrupt();
        return CommonError.UNAVAILABLE.of(operation.service(), "The environment is closing");
    }

    private static void record(
            LiveEnvironment environment,
            LiveExchange exchange,
            Said<?, ?> said,
            Outcome outcome,
            long started,
            long sequence) {
        Call call = said.call;
        String service = said.operation.service().name();
        if (call.recording() == Call.Recording.COUNTED) {
            environment.recorder().count(call.scope(), service, said.operation.name(), outcome.code);
            return;
        }
        environment
                .recorder()
                .record(new CallRecord(
                        call.requestId(),
                        CallRecord.Kind.CALL,
                        call.scope(),
                        call.principal().arn(),
                        List.of(call.cause()),
                        service,
                        said.operation.name(),
                        said.resources,
                        call.at(),
                        environment.ports().clock().nanos() - started,
                        outcome.code,
                        outcome.status,
                        StructureCodec.encode(said.input),
                        outcome.output == null ? Bytes.EMPTY : StructureCodec.encode(outcome.output),
                        sequence,
                        exchange.notes().details()));
    }

    /** What was asked. */
    private record Said<I extends Structure, O extends Structure>(
            Call call, Operation<I, O> operation, I input, List<String> resources) {}

    /** What was answered; {@code output} is null for a fault. */
    private record Outcome(String code, int status, Structure output) {}
}
