package virga.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.model.sqs.ChangeMessageVisibilityRequest;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.DeleteMessageRequest;
import virga.model.sqs.DeleteQueueRequest;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.Message;
import virga.model.sqs.MessageAttributeValue;
import virga.model.sqs.OverLimit;
import virga.model.sqs.QueueDeletedRecently;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.QueueNameExists;
import virga.model.sqs.ReceiptHandleIsInvalid;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.SendMessageBatchRequest;
import virga.model.sqs.SendMessageBatchRequestEntry;
import virga.model.sqs.SendMessageBatchResult;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

final class SqsServiceTest {
    private final TestingCloud cloud = new TestingCloud(new SqsService("http://127.0.0.1:4566", SqsLimits.AWS));

    @AfterEach
    void close() {
        cloud.close();
    }

    private String queue(String name, Map<String, String> attributes) {
        return cloud.call(
                        Sqs.CREATE_QUEUE,
                        CreateQueueRequest.builder()
                                .queueName(name)
                                .attributes(attributes)
                                .build())
                .queueUrl()
                .orElseThrow();
    }

    private void send(String url, String body) {
        cloud.call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder().queueUrl(url).messageBody(body).build());
    }

    private List<Message> receive(String url, int count) {
        return cloud.call(
                        Sqs.RECEIVE_MESSAGE,
                        ReceiveMessageRequest.builder()
                                .queueUrl(url)
                                .maxNumberOfMessages(count)
                                .messageAttributeNames(List.of("All"))
                                .messageSystemAttributeNames(List.of("All"))
                                .build())
                .messages();
    }

    private String attribute(String url, String name) {
        return cloud.call(
                        Sqs.GET_QUEUE_ATTRIBUTES,
                        GetQueueAttributesRequest.builder()
                                .queueUrl(url)
                                .attributeNames(List.of(name))
                                .build())
                .attributes()
                .get(name);
    }

    @Test
    void whatIsSentIsReceivedOnceAndGoneWhenDeleted() {
        String url = queue("orders", Map.of());
        send(url, "one");
        List<Message> received = receive(url, 10);
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().body()).contains("one");
        assertThat(received.getFirst().attributes()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(receive(url, 10)).isEmpty();
        cloud.call(
                Sqs.DELETE_MESSAGE,
                DeleteMessageRequest.builder()
                        .queueUrl(url)
                        .receiptHandle(received.getFirst().receiptHandle().orElseThrow())
                        .build());
        cloud.advance(Duration.ofHours(1));
        assertThat(receive(url, 10)).isEmpty();
        assertThat(attribute(url, "ApproximateNumberOfMessages")).isEqualTo("0");
    }

    @Test
    void aMessageThatIsNotDeletedComesBackAfterItsVisibilityTimeout() {
        String url = queue("orders", Map.of("VisibilityTimeout", "5"));
        send(url, "one");
        receive(url, 1);
        assertThat(attribute(url, "ApproximateNumberOfMessagesNotVisible")).isEqualTo("1");
        cloud.advance(Duration.ofSeconds(6));
        assertThat(receive(url, 1).getFirst().attributes()).containsEntry("ApproximateReceiveCount", "2");
    }

    @Test
    void anOldReceiptHandleDeletesNothing() {
        String url = queue("orders", Map.of("VisibilityTimeout", "5"));
        send(url, "one");
        String old = receive(url, 1).getFirst().receiptHandle().orElseThrow();
        cloud.advance(Duration.ofSeconds(6));
        receive(url, 1);
        cloud.call(
                Sqs.DELETE_MESSAGE,
                DeleteMessageRequest.builder().queueUrl(url).receiptHandle(old).build());
        cloud.advance(Duration.ofSeconds(6));
        assertThat(receive(url, 1)).hasSize(1);
    }

    @Test
    void changingVisibilityToZeroShowsTheMessageAtOnce() {
        String url = queue("orders", Map.of());
        send(url, "one");
        String handle = receive(url, 1).getFirst().receiptHandle().orElseThrow();
        cloud.call(
                Sqs.CHANGE_MESSAGE_VISIBILITY,
                ChangeMessageVisibilityRequest.builder()
                        .queueUrl(url)
                        .receiptHandle(handle)
                        .visibilityTimeout(0)
                        .build());
        assertThat(receive(url, 1)).hasSize(1);
    }

    @Test
    void aMessageReceivedTooOftenMovesToTheDeadLetterQueue() {
        String letters = queue("letters", Map.of());
        String arn = attribute(letters, "QueueArn");
        String url = queue(
                "orders",
                Map.of(
                        "VisibilityTimeout",
                        "1",
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"2\"}"));
        send(url, "poison");
        for (int i = 0; i < 2; i++) {
            assertThat(receive(url, 1)).hasSize(1);
            cloud.advance(Duration.ofSeconds(2));
        }
        assertThat(receive(url, 1)).isEmpty();
        assertThat(receive(letters, 1).getFirst().body()).contains("poison");
    }

    @Test
    void aDelayedMessageIsHiddenUntilItsDelayHasPassed() {
        String url = queue("orders", Map.of("DelaySeconds", "10"));
        send(url, "later");
        assertThat(receive(url, 1)).isEmpty();
        assertThat(attribute(url, "ApproximateNumberOfMessagesDelayed")).isEqualTo("1");
        cloud.advance(Duration.ofSeconds(11));
        assertThat(receive(url, 1)).hasSize(1);
    }

    @Test
    void messagesPastTheirRetentionAreGone() {
        String url = queue("orders", Map.of("MessageRetentionPeriod", "60"));
        send(url, "old");
        cloud.advance(Duration.ofSeconds(61));
        assertThat(receive(url, 1)).isEmpty();
    }

    @Test
    void aLongPollWakesWhenAMessageArrives() {
        String url = queue("orders", Map.of("ReceiveMessageWaitTimeSeconds", "20"));
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() -> receive(url, 1));
        send(url, "one");
        assertThat(waiting.join()).hasSize(1);
    }

    @Test
    void aLongPollEndsEmptyWhenItsTimeHasPassedOnTheEnvironmentsClock() {
        String url = queue("orders", Map.of());
        cloud.environment().ports().clock().freeze();
        CompletableFuture<List<Message>> waiting = CompletableFuture.supplyAsync(() -> cloud.call(
                        Sqs.RECEIVE_MESSAGE,
                        ReceiveMessageRequest.builder()
                                .queueUrl(url)
                                .waitTimeSeconds(20)
                                .build())
                .messages());
        while (!waiting.isDone()) {
            cloud.advance(Duration.ofSeconds(21));
        }
        assertThat(waiting.join()).isEmpty();
    }

    /** The digest is the one that AWS's SDKs compute for this attribute. */
    @Test
    void attributesTravelWithTheirDigest() {
        String url = queue("orders", Map.of());
        MessageAttributeValue number = MessageAttributeValue.builder()
                .dataType("Number")
                .stringValue("42")
                .build();
        MessageAttributeValue binary = MessageAttributeValue.builder()
                .dataType("Binary")
                .binaryValue(Bytes.of((byte) 1, (byte) 2))
                .build();
        String digest = cloud.call(
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(url)
                                .messageBody("body")
                                .messageAttributes(Map.of("n", number, "b", binary))
                                .build())
                .md5OfMessageAttributes()
                .orElseThrow();
        Message received = receive(url, 1).getFirst();
        assertThat(received.messageAttributes()).containsEntry("n", number).containsEntry("b", binary);
        assertThat(received.md5OfMessageAttributes()).contains(digest);
        assertThat(received.md5OfBody()).contains("841a2d689ad86bd1611447453c22c6fc");
    }

    @Test
    void inABatchGoodEntriesGoAndBadOnesAreNamed() {
        String url = queue("orders", Map.of());
        SendMessageBatchResult result = cloud.call(
                Sqs.SEND_MESSAGE_BATCH,
                SendMessageBatchRequest.builder()
                        .queueUrl(url)
                        .entries(List.of(
                                SendMessageBatchRequestEntry.builder()
                                        .id("a")
                                        .messageBody("good")
                                        .build(),
                                SendMessageBatchRequestEntry.builder()
                                        .id("b")
                                        .messageBody("bad\u0001")
                                        .build()))
                        .build());
        assertThat(result.successful()).hasSize(1);
        assertThat(result.failed()).hasSize(1);
        assertThat(result.failed().getFirst().id()).contains("b");
        assertThat(receive(url, 10)).hasSize(1);
    }

    @Test
    void creatingAQueueAgainAnswersTheSameOneUnlessAttributesDiffer() {
        String url = queue("orders", Map.of("DelaySeconds", "3"));
        assertThat(queue("orders", Map.of("DelaySeconds", "3"))).isEqualTo(url);
        assertThatThrownBy(() -> queue("orders", Map.of("DelaySeconds", "4"))).isInstanceOf(QueueNameExists.class);
    }

    @Test
    void anUnknownAttributeABadValueAndAFifoQueueAreRefusedByName() {
        assertThatThrownBy(() -> queue("a", Map.of("Colour", "red"))).hasMessageContaining("Unknown Attribute Colour");
        assertThatThrownBy(() -> queue("a", Map.of("DelaySeconds", "901"))).hasMessageContaining("DelaySeconds");
        assertThatThrownBy(() -> queue("a", Map.of("Policy", "{"))).hasMessageContaining("Policy");
        assertThatThrownBy(() -> queue("a.fifo", Map.of()))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
    }

    @Test
    void aDeletedQueueIsGoneAndItsNameRestsForAMinute() {
        String url = queue("orders", Map.of());
        send(url, "lost");
        cloud.call(Sqs.DELETE_QUEUE, DeleteQueueRequest.builder().queueUrl(url).build());
        assertThatThrownBy(() -> send(url, "x")).isInstanceOf(QueueDoesNotExist.class);
        assertThatThrownBy(() -> queue("orders", Map.of())).isInstanceOf(QueueDeletedRecently.class);
        cloud.advance(Duration.ofSeconds(61));
        assertThat(receive(queue("orders", Map.of()), 1)).isEmpty();
    }

    @Test
    void aHandleOfNoQueueIsRefused() {
        String url = queue("orders", Map.of());
        assertThatThrownBy(() -> cloud.call(
                        Sqs.DELETE_MESSAGE,
                        DeleteMessageRequest.builder()
                                .queueUrl(url)
                                .receiptHandle("nonsense")
                                .build()))
                .isInstanceOf(ReceiptHandleIsInvalid.class);
    }

    @Test
    void noMoreThanTheLimitIsInFlight() {
        try (TestingCloud tiny = new TestingCloud(new SqsService("http://127.0.0.1:4566", SqsLimits.tiny()))) {
            String url = tiny.call(
                            Sqs.CREATE_QUEUE,
                            CreateQueueRequest.builder().queueName("q").build())
                    .queueUrl()
                    .orElseThrow();
            for (int i = 0; i < 4; i++) {
                tiny.call(
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(url)
                                .messageBody("m")
                                .build());
            }
            ReceiveMessageRequest one =
                    ReceiveMessageRequest.builder().queueUrl(url).build();
            for (int i = 0; i < 3; i++) {
                assertThat(tiny.call(Sqs.RECEIVE_MESSAGE, one).messages()).hasSize(1);
            }
            assertThatThrownBy(() -> tiny.call(Sqs.RECEIVE_MESSAGE, one)).isInstanceOf(OverLimit.class);
        }
    }

    @Test
    void everyCallLeavesARecordThatNamesTheQueue() {
        String url = queue("orders", Map.of());
        send(url, "one");
        CallRecord sent = cloud.records().stream()
                .filter(record -> record.operation().equals("SendMessage"))
                .findFirst()
                .orElseThrow();
        assertThat(sent.resources()).containsExactly("arn:aws:sqs:us-east-1:000000000000:orders");
        assertThat(sent.outcome()).isEqualTo("ok");
        assertThat(sent.details()).containsEntry("bytes", "3");
    }

    @Test
    void aMessageGroupOfAStandardQueueIsKeptAndShown() {
        String url = queue("orders", Map.of());
        cloud.call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(url)
                        .messageBody("one")
                        .messageGroupId("tenant-7")
                        .build());
        cloud.call(
                Sqs.SEND_MESSAGE_BATCH,
                SendMessageBatchRequest.builder()
                        .queueUrl(url)
                        .entries(List.of(SendMessageBatchRequestEntry.builder()
                                .id("1")
                                .messageBody("two")
                                .messageGroupId("tenant-7")
                                .build()))
                        .build());

        assertThat(receive(url, 10))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.attributes()).containsEntry("MessageGroupId", "tenant-7"));
    }

    @Test
    void aMessageGroupWithASpaceIsRefused() {
        String url = queue("orders", Map.of());

        assertThatThrownBy(() -> cloud.call(
                        Sqs.SEND_MESSAGE,
                        SendMessageRequest.builder()
                                .queueUrl(url)
                                .messageBody("one")
                                .messageGroupId("tenant 7")
                                .build()))
                .hasMessageStartingWith("Value tenant 7 for parameter MessageGroupId is invalid.");
    }
}
