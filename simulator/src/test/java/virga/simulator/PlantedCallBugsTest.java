package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.cloud.Conversation;
import virga.cloud.Service;
import virga.kernel.function.FunctionEngine;
import virga.model.Structure;
import virga.model.lambda.Lambda;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Each of these bugs, put over the real Lambda and engine, must be found by those who call functions and wait. */
@ResourceLock("simulation")
final class PlantedCallBugsTest {
    private static final int SEEDS = 15;

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
    void anEngineThatCountsForAnotherAccountIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::elsewhere), service -> service))
                .contains("the account's concurrency is kept");
    }

    @Test
    void aCallThatIsThrottledAfterItRanIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::throttledAfterwards), service -> service))
                .contains("a throttled call leaves no trace of work");
    }

    @Test
    void aThrottleWithoutNeedIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::throttledForNothing), service -> service))
                .contains("a place that is free is given");
    }

    @Test
    void anErrorThatIsAnsweredAsSuccessIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::neverFailing), service -> service))
                .contains("an answer is the function's own");
    }

    @Test
    void aCallThatRunsTwiceIsFound() {
        assertThat(found(engine -> engine, service -> new Planted(service, Lambda.INVOKE, PlantedCallBugsTest::twice)))
                .contains("a call whose caller waits runs once");
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object twice(Object right) {
        var handler = (Conversation<Structure, Structure>) right;
        Conversation<Structure, Structure> wrong = (call, input, exchange) -> {
            handler.handle(call, input, exchange);
            return handler.handle(call, input, exchange);
        };
        return wrong;
    }

    /** The invariants that are broken on the first seeds. */
    private static Set<String> found(UnaryOperator<FunctionEngine> engine, UnaryOperator<Service> plant) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.CALLS.run(seed, plant, engine);
            } catch (SimulationFailure failure) {
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }
}
