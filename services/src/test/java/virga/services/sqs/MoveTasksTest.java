package virga.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.kernel.Fault;
import virga.model.sqs.CancelMessageMoveTaskRequest;
import virga.model.sqs.DeleteQueueRequest;
import virga.model.sqs.ListMessageMoveTasksRequest;
import virga.model.sqs.ListMessageMoveTasksResultEntry;
import virga.model.sqs.Message;
import virga.model.sqs.ResourceNotFoundException;
import virga.model.sqs.Sqs;
import virga.model.sqs.StartMessageMoveTaskRequest;
import virga.model.sqs.UnsupportedOperation;

final class MoveTasksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestingQueues queues = new TestingQueues();
    private final String letters = queues.create("letters", Map.of());
    private final String orders = sending("orders");

    @AfterEach
    void close() {
        queues.close();
    }

    /** A queue whose messages become dead letters when they are received a second time. */
    private String sending(String name) {
        return queues.create(
                name,
                Map.of(
                        "VisibilityTimeout",
                        "0",
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"" + TestingQueues.arn("letters") + "\",\"maxReceiveCount\":1}"));
    }

    private void deadLetter(String url, String body) {
        queues.send(url, body);
        assertThat(queues.receive(url, 1)).hasSize(1);
        assertThat(queues.receive(url, 1)).isEmpty();
    }

    private static StartMessageMoveTaskRequest.Builder from(String name) {
        return StartMessageMoveTaskRequest.builder().sourceArn(TestingQueues.arn(name));
    }

    private String start(StartMessageMoveTaskRequest.Builder request) {
        return queues.cloud
                .call(Sqs.START_MESSAGE_MOVE_TASK, request.build())
                .taskHandle()
                .orElseThrow();
    }

    private List<ListMessageMoveTasksResultEntry> tasks() {
        return queues.cloud
                .call(
                        Sqs.LIST_MESSAGE_MOVE_TASKS,
                        ListMessageMoveTasksRequest.builder()
                                .sourceArn(TestingQueues.arn("letters"))
                                .maxResults(10)
                                .build())
                .results();
    }

    private void awaitStatus(String status) {
        await(() -> tasks().getFirst().status().orElseThrow().equals(status));
    }

    private void await(BooleanSupplier condition) {
        Instant deadline = queues.cloud.environment().ports().clock().now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(queues.cloud.environment().ports().clock().now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("InvalidParameterValue"))
                .hasMessage(message);
    }

    @Test
    void eachDeadLetterGoesBackToItsOwnQueueAsANewMessage() {
        String refunds = sending("refunds");
        deadLetter(orders, "an order");
        deadLetter(refunds, "a refund");

        start(from("letters"));
        awaitStatus("COMPLETED");

        assertThat(queues.receive(letters, 10)).isEmpty();
        Message order = queues.receive(orders, 10).getFirst();
        assertThat(order.body()).contains("an order");
        assertThat(order.attributes()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(order.attributes()).doesNotContainKey("DeadLetterQueueSourceArn");
        assertThat(queues.receive(refunds, 10).getFirst().body()).contains("a refund");
        ListMessageMoveTasksResultEntry task = tasks().getFirst();
        assertThat(task.approximateNumberOfMessagesMoved()).contains(2L);
        assertThat(task.approximateNumberOfMessagesToMove()).contains(2L);
        assertThat(task.taskHandle()).isEmpty();
    }

    @Test
    void aDeadLetterTellsTheQueueItCameFrom() {
        deadLetter(orders, "an order");

        assertThat(queues.receive(letters, 1).getFirst().attributes())
                .containsEntry("DeadLetterQueueSourceArn", TestingQueues.arn("orders"));
    }

    @Test
    void theDestinationMayBeAnotherQueue() {
        String review = queues.create("review", Map.of());
        queues.send(letters, "sent here by hand");

        start(from("letters").destinationArn(TestingQueues.arn("review")));
        awaitStatus("COMPLETED");

        assertThat(queues.receive(review, 1).getFirst().body()).contains("sent here by hand");
    }

    @Test
    void aMessageThatCameFromNoQueueFailsTheTask() {
        queues.send(letters, "sent here by hand");

        start(from("letters"));
        awaitStatus("FAILED");

        assertThat(tasks().getFirst().failureReason()).contains("CouldNotDetermineMessageSource");
        assertThat(queues.receive(letters, 1)).hasSize(1);
    }

    @Test
    void aDestinationThatIsGoneFailsTheTask() {
        deadLetter(orders, "an order");
        sending("refunds");
        queues.cloud.call(
                Sqs.DELETE_QUEUE, DeleteQueueRequest.builder().queueUrl(orders).build());

        start(from("letters"));
        awaitStatus("FAILED");

        assertThat(tasks().getFirst().failureReason()).contains("AWS.SimpleQueueService.NonExistentQueue");
    }

    @Test
    void aTaskMovesNoMoreThanItsRateAndStopsWhenItIsCancelled() {
        for (int i = 0; i < 50; i++) {
            queues.send(letters, "letter " + i);
        }
        String review = queues.create("review", Map.of());
        String handle = start(
                from("letters").destinationArn(TestingQueues.arn("review")).maxNumberOfMessagesPerSecond(1));
        await(() -> tasks().getFirst().approximateNumberOfMessagesMoved().orElseThrow() > 0);
        assertThat(tasks().getFirst().status()).contains("RUNNING");
        assertThat(tasks().getFirst().taskHandle()).contains(handle);
        refused(
                () -> start(from("letters")),
                "There is already a task running. Only one active task is allowed for a source queue arn at a given time.");

        long moved = queues.cloud
                .call(
                        Sqs.CANCEL_MESSAGE_MOVE_TASK,
                        CancelMessageMoveTaskRequest.builder()
                                .taskHandle(handle)
                                .build())
                .approximateNumberOfMessagesMoved()
                .orElseThrow();
        queues.cloud.advance(Duration.ofSeconds(10));
        awaitStatus("CANCELLED");

        assertThat(moved).isBetween(1L, 49L);
        assertThat(queues.attributes(review)).containsEntry("ApproximateNumberOfMessages", Long.toString(moved));
        assertThatThrownBy(() -> queues.cloud.call(
                        Sqs.CANCEL_MESSAGE_MOVE_TASK,
                        CancelMessageMoveTaskRequest.builder()
                                .taskHandle(handle)
                                .build()))
                .isInstanceOf(UnsupportedOperation.class);
    }

    @Test
    void theNewestTenTasksAreListedTheNewestFirst() {
        for (int i = 1; i <= 12; i++) {
            start(from("letters").destinationArn(TestingQueues.arn("orders")).maxNumberOfMessagesPerSecond(i));
            awaitStatus("COMPLETED");
            queues.cloud.advance(Duration.ofSeconds(1));
        }

        assertThat(tasks())
                .extracting(task -> task.maxNumberOfMessagesPerSecond().orElseThrow())
                .containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3);
    }

    @Test
    void onlyADeadLetterQueueThatIsThereCanBeTheSource() {
        queues.create("plain", Map.of());

        refused(() -> start(from("plain")), "Source queue must be configured as a Dead Letter Queue.");
        assertThatThrownBy(() -> start(from("nowhere")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("The resource that you specified for the SourceArn parameter doesn't exist.");
        assertThatThrownBy(() -> start(from("letters").destinationArn(TestingQueues.arn("nowhere"))))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("The resource that you specified for the DestinationArn parameter doesn't exist.");
    }

    @Test
    void aHandleThatIsNoneIsRefused() {
        refused(
                () -> queues.cloud.call(
                        Sqs.CANCEL_MESSAGE_MOVE_TASK,
                        CancelMessageMoveTaskRequest.builder()
                                .taskHandle("bm90aGluZw==")
                                .build()),
                "Value bm90aGluZw== for parameter TaskHandle is invalid.");
    }
}
