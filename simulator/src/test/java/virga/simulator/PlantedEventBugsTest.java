package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.cloud.Atomic;
import virga.cloud.Conversation;
import virga.cloud.Service;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskHandler.Result;
import virga.kernel.function.FunctionEngine;
import virga.model.Structure;
import virga.model.events.Events;
import virga.model.lambda.Lambda;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Each of these bugs, put over the real Lambda, EventBridge and engine, must be found. */
@ResourceLock("simulation")
final class PlantedEventBugsTest {
    private static final int SEEDS = 15;
    private static final String LOST = "an accepted event is handled or given up, never lost";

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void anEngineThatRunsOneMoreThanIsReservedIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::oneMore), service -> service))
                .contains("reserved concurrency is kept");
    }

    @Test
    void anInvocationThatIsAcceptedWithoutBeingKeptIsFound() {
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(service, Lambda.INVOKE, right -> {
                            Conversation<Structure, Structure> handler = conversation(right);
                            Conversation<Structure, Structure> wrong = (call, input, exchange) -> handler.handle(
                                    call,
                                    input,
                                    call.requestId().charAt(0) < '4' ? Planted.forgetful(exchange) : exchange);
                            return wrong;
                        })))
                .contains(LOST);
    }

    @Test
    void anEventThatABusAcceptsWithoutKeepingItIsFound() {
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(service, Events.PUT_EVENTS, right -> {
                            Atomic<Structure, Structure> handler = atomic(right);
                            Atomic<Structure, Structure> wrong = (call, input, work) -> handler.handle(
                                    call, input, call.requestId().charAt(0) < '4' ? Planted.forgetful(work) : work);
                            return wrong;
                        })))
                .contains(LOST);
    }

    @Test
    void aTaskOfTheOutboxThatIsDroppedIsFound() {
        for (String kind : Set.of("lambda/event", "lambda/destination", "events/deliver")) {
            assertThat(found(
                            engine -> engine,
                            service -> new Planted(
                                    service,
                                    kind,
                                    right -> task(
                                            (task, run) -> task.id().charAt(0) < '4' ? Result.DONE : run.once(),
                                            right))))
                    .contains(LOST);
        }
    }

    @Test
    void aTaskOfTheOutboxThatIsDoneTwiceIsFound() {
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(
                                service,
                                "events/deliver",
                                right -> task(
                                        (task, run) -> {
                                            run.once();
                                            return run.once();
                                        },
                                        right))))
                .contains("without a crash nothing comes twice");
    }

    @Test
    void retriesThatAreNotCountedAreFound() {
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(
                                service,
                                "lambda/event",
                                right -> task(
                                        (task, run) -> run.once() instanceof Result.Again again
                                                ? Result.later(again.due())
                                                : Result.DONE,
                                        right))))
                .contains("an event is tried no more often than promised");
    }

    @Test
    void anEventThatIsGivenUpTooSoonIsFound() {
        // As Virga did: a throttle used up one of the function's retries.
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(
                                service,
                                "lambda/event",
                                right -> task(
                                        (task, run) -> run.once() instanceof Result.Again again
                                                ? Result.again(again.due())
                                                : Result.DONE,
                                        right))))
                .contains("an event is given up only after its retries");
    }

    /** The invariants that are broken on the first seeds. */
    private static Set<String> found(UnaryOperator<FunctionEngine> engine, UnaryOperator<Service> plant) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.EVENTS.run(seed, plant, engine);
            } catch (SimulationFailure failure) {
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }

    /** What a faulty handler of tasks does with the right one. */
    private interface Fault {
        Result run(Task<?> task, Right right) throws InterruptedException;
    }

    private interface Right {
        Result once() throws InterruptedException;
    }

    @SuppressWarnings("unchecked") // whatever payload it is bound with, it is passed on
    private static Object task(Fault fault, Object right) {
        var handler = (TaskHandler<Object>) right;
        TaskHandler<Object> wrong = (task, environment) -> fault.run(task, () -> handler.run(task, environment));
        return wrong;
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Conversation<Structure, Structure> conversation(Object right) {
        return (Conversation<Structure, Structure>) right;
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Atomic<Structure, Structure> atomic(Object right) {
        return (Atomic<Structure, Structure>) right;
    }
}
