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
import virga.kernel.Call;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.ReceiveMessageResult;
import virga.model.sqs.Sqs;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** A simulator that finds nothing proves nothing: each of these bugs, put over the real service, must be found. */
@ResourceLock("simulation")
final class PlantedQueueBugsTest {
    private static final int SEEDS = 15;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void aQueueThatForgetsToHideAMessageIsFound() {
        assertThat(found(planted(Sqs.RECEIVE_MESSAGE, PlantedQueueBugsTest::receivingInTheOpen)))
                .contains("one receiver at a time");
    }

    @Test
    void aQueueThatAcknowledgesADeletionWithoutDoingItIsFound() {
        assertThat(found(planted(Sqs.DELETE_MESSAGE, PlantedQueueBugsTest::forgetting)))
                .contains("what was deleted stays deleted");
    }

    @Test
    void aQueueThatAcknowledgesAMessageWithoutKeepingItIsFound() {
        assertThat(found(planted(Sqs.SEND_MESSAGE, PlantedQueueBugsTest::forgetting)))
                .containsAnyOf("counts add up", "nothing acknowledged is lost");
    }

    private static UnaryOperator<Service> planted(Operation<?, ?> operation, UnaryOperator<Object> plant) {
        return service -> new Planted(service, operation, plant);
    }

    /** The invariants that are broken on the first seeds. */
    private static Set<String> found(UnaryOperator<Service> plant) {
        Set<String> invariants = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Scenario.QUEUES.run(seed, plant);
            } catch (SimulationFailure failure) {
                assertThat(failure).hasMessageContaining("seed " + seed + ", step ");
                invariants.add(failure.invariant());
            }
        }
        return invariants;
    }

    /** One call in eight or so is struck. */
    private static boolean struck(Call call) {
        return call.requestId().charAt(0) < '2';
    }

    @SuppressWarnings("unchecked") // bound with these types by SqsService
    private static Object receivingInTheOpen(Object handler) {
        var right = (Conversation<ReceiveMessageRequest, ReceiveMessageResult>) handler;
        Conversation<ReceiveMessageRequest, ReceiveMessageResult> wrong = (call, input, exchange) -> right.handle(
                call,
                struck(call)
                        ? ReceiveMessageRequest.builder()
                                .queueUrl(input.queueUrl())
                                .visibilityTimeout(0)
                                .messageSystemAttributeNames(input.messageSystemAttributeNames())
                                .build()
                        : input,
                exchange);
        return wrong;
    }

    @SuppressWarnings("unchecked") // whatever types it is bound with, they are passed on
    private static Object forgetting(Object handler) {
        var right = (Atomic<Structure, Structure>) handler;
        Atomic<Structure, Structure> wrong =
                (call, input, work) -> right.handle(call, input, struck(call) ? Planted.forgetful(work) : work);
        return wrong;
    }
}
