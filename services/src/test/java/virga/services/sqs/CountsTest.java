package virga.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.kernel.Scope;
import virga.model.sqs.DeleteMessageRequest;
import virga.model.sqs.Message;
import virga.model.sqs.PurgeQueueRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.store.RecordCodec;

final class CountsTest {
    private final TestingQueues queues = new TestingQueues();

    @AfterEach
    void close() {
        queues.close();
    }

    private List<String> counts(String url) {
        Map<String, String> attributes = queues.attributes(url);
        return List.of(
                attributes.get("ApproximateNumberOfMessages"),
                attributes.get("ApproximateNumberOfMessagesNotVisible"),
                attributes.get("ApproximateNumberOfMessagesDelayed"));
    }

    private void delete(String url, Message message) {
        queues.cloud.call(
                Sqs.DELETE_MESSAGE,
                DeleteMessageRequest.builder()
                        .queueUrl(url)
                        .receiptHandle(message.receiptHandle().orElseThrow())
                        .build());
    }

    @Test
    void countsFollowEachMessageFromSendingToDeletion() {
        String url = queues.create("orders", Map.of());
        for (int i = 0; i < 4; i++) {
            queues.send(url, "order " + i);
        }
        queues.cloud.call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(url)
                        .messageBody("later")
                        .delaySeconds(600)
                        .build());
        assertThat(counts(url)).containsExactly("4", "0", "1");

        List<Message> received = queues.receive(url, 3);
        assertThat(counts(url)).containsExactly("1", "3", "1");

        delete(url, received.getFirst());
        assertThat(counts(url)).containsExactly("1", "2", "1");

        queues.cloud.advance(Duration.ofMinutes(20));
        assertThat(counts(url)).containsExactly("4", "0", "0");

        delete(url, queues.receive(url, 1).getFirst());
        assertThat(counts(url)).containsExactly("3", "0", "0");

        queues.cloud.call(
                Sqs.PURGE_QUEUE, PurgeQueueRequest.builder().queueUrl(url).build());
        assertThat(counts(url)).containsExactly("0", "0", "0");
    }

    @Test
    void aMessageThatIsKeptNoLongerIsNotCountedOnceItWasFound() {
        String url = queues.create("orders", Map.of("MessageRetentionPeriod", "60"));
        queues.send(url, "soon too old");
        queues.cloud.advance(Duration.ofMinutes(2));

        assertThat(queues.receive(url, 1)).isEmpty();

        assertThat(counts(url)).containsExactly("0", "0", "0");
    }

    @Test
    void aDeadLetterIsCountedWhereItIs() {
        String letters = queues.create("letters", Map.of());
        String url = queues.create(
                "orders",
                Map.of(
                        "VisibilityTimeout",
                        "0",
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"" + TestingQueues.arn("letters") + "\",\"maxReceiveCount\":1}"));
        queues.send(url, "poison");
        queues.receive(url, 1);
        assertThat(queues.receive(url, 1)).isEmpty();

        assertThat(counts(url)).containsExactly("0", "0", "0");
        assertThat(counts(letters)).containsExactly("1", "0", "0");
        delete(letters, queues.receive(letters, 1).getFirst());
        assertThat(counts(letters)).containsExactly("0", "0", "0");
        assertThat(counter("letters").received()).isZero();
    }

    @Test
    void messagesOfAQueueThatDidNotCountThemAreCountedOnce() {
        String url = queues.create("orders", Map.of());
        queues.send(url, "first");
        queues.send(url, "second");
        queues.cloud.environment().transact(queues.cloud.call(), work -> {
            work.put(SqsKeys.COUNTER.key(found("orders").id()), new Uncounted(3, 0), RecordCodec.of(Uncounted.class));
            return true;
        });
        assertThat(counts(url)).containsExactly("2", "0", "0");

        queues.send(url, "third");

        assertThat(counts(url)).containsExactly("3", "0", "0");
        assertThat(counter("orders").counted()).isTrue();
    }

    /** A counter of a Virga that did not count messages. */
    record Uncounted(long next, long received) {}

    private Queue found(String name) {
        Scope scope = queues.cloud.scope();
        return queues.cloud
                .environment()
                .read(reading -> reading.get(SqsKeys.queue(scope, name), SqsKeys.QUEUE_ROW)
                        .orElseThrow());
    }

    private Mailbox.Counter counter(String name) {
        Queue queue = found(name);
        return queues.cloud.environment().read(reading -> Mailbox.counter(queue, reading));
    }
}
