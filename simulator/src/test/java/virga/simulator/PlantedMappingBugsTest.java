package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.cloud.Atomic;
import virga.cloud.Conversation;
import virga.cloud.Service;
import virga.kernel.function.FunctionEngine;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.Lambda;
import virga.model.lambda.UpdateEventSourceMappingRequest;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.Sqs;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Each of these bugs, put between a queue and a function, must be found. */
@ResourceLock("simulation")
final class PlantedMappingBugsTest {
    private static final int SEEDS = 25;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void aMessageThatIsDeletedThoughTheFunctionFailedIsFound() {
        assertThat(found(PlantedEngine.with(PlantedEngine::neverFailing), service -> service))
                .contains("a message is done or becomes a dead letter, never lost");
    }

    @Test
    void aMappingThatPassesOverPartialFailuresIsFound() {
        assertThat(found(conversation(
                        Lambda.CREATE_EVENT_SOURCE_MAPPING,
                        (CreateEventSourceMappingRequest input) -> input.toBuilder()
                                .functionResponseTypes(List.of())
                                .build())))
                .contains("a message is done or becomes a dead letter, never lost");
    }

    @Test
    void aMappingThatTakesMoreThanAskedIsFound() {
        assertThat(found(conversation(
                        Lambda.CREATE_EVENT_SOURCE_MAPPING,
                        (CreateEventSourceMappingRequest input) -> input.toBuilder()
                                .batchSize(Math.min(10, 2 * input.batchSize().orElseThrow()))
                                .build())))
                .contains("a batch is no larger than asked");
    }

    @Test
    void aMaximumConcurrencyThatIsForgottenIsFound() {
        assertThat(found(conversation(
                        Lambda.CREATE_EVENT_SOURCE_MAPPING,
                        (CreateEventSourceMappingRequest input) ->
                                input.toBuilder().scalingConfig(null).build())))
                .contains("maximum concurrency is kept");
    }

    @Test
    void aMappingThatGoesOnWhenDisabledIsFound() {
        assertThat(found(atomic(
                        Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                        (UpdateEventSourceMappingRequest input) ->
                                input.toBuilder().enabled(null).build())))
                .contains("a mapping that is disabled or deleted is at rest");
    }

    @Test
    void aMessageThatIsNotHiddenWhileItsBatchIsHandledIsFound() {
        assertThat(found(conversation(
                        Sqs.RECEIVE_MESSAGE,
                        (ReceiveMessageRequest input) ->
                                input.toBuilder().visibilityTimeout(0).build())))
                .contains("a message is hidden while its batch is handled");
    }

    @Test
    void aQueueThatNeverGivesUpAMessageIsFound() {
        assertThat(found(atomic(Sqs.CREATE_QUEUE, PlantedMappingBugsTest::withoutDeadLetters)))
                .contains("receive counts are respected");
    }

    private static CreateQueueRequest withoutDeadLetters(CreateQueueRequest input) {
        var attributes = new java.util.TreeMap<>(input.attributes());
        attributes.remove("RedrivePolicy");
        return input.toBuilder().attributes(attributes).build();
    }

    @Test
    void aDeletionThatIsAcknowledgedWithoutBeingDoneIsFound() {
        assertThat(found(
                        engine -> engine,
                        service -> new Planted(service, Sqs.DELETE_MESSAGE_BATCH, PlantedMappingBugsTest::forgetting)))
                .contains("what a function has done comes again only after a restart");
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object forgetting(Object right) {
        var handler = (Atomic<Structure, Structure>) right;
        Atomic<Structure, Structure> wrong =
                (call, input, work) -> handler.handle(call, input, Planted.forgetful(work));
        return wrong;
    }

    @SuppressWarnings("unchecked") // planted for the operation with this input
    private static <I extends Structure> UnaryOperator<Service> conversation(
            Operation<I, ?> operation, UnaryOperator<I> change) {
        return service -> new Planted(service, operation, right -> {
            var handler = (Conversation<I, Structure>) right;
            Conversation<I, Structure> wrong =
                    (call, input, exchange) -> handler.handle(call, change.apply(input), exchange);
            return wrong;
        });
    }

    @SuppressWarnings("unchecked") // planted for the operation with this input
    private static <I extends Structure> UnaryOperator<Service> atomic(
            Operation<I, ?> operation, UnaryOperator<I> change) {
        return service -> new Planted(service, operation, right -> {
            var handler = (Atomic<I, Structure>) right;
            Atomic<I, Structure> wrong = (call, input, work) -> handler.handle(call, change.apply(input), work);
            return wrong;
        });
    }

    private static Set<String> found(UnaryOperator<Service> plant) {
        return found(engine -> engine, plant);
    }

    /** The invariants that are broken on the first seeds. */
    private static Set<String> found(UnaryOperator<FunctionEngine> engine, UnaryOperator<Service> plant) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.MAPPING.run(seed, plant, engine);
            } catch (SimulationFailure failure) {
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }
}
