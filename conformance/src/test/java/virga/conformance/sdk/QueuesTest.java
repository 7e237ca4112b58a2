package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class QueuesTest {
    private static final int LONG_POLL_SECONDS = 5;

    private static SqsClient sqs(Account account) {
        return account.client(SqsClient.builder());
    }

    private static String queue(Account account, SqsClient sqs, String purpose, Map<QueueAttributeName, String> given) {
        String url = sqs.createQueue(
                        request -> request.queueName(account.name(purpose)).attributes(given))
                .queueUrl();
        account.afterwards(() -> sqs.deleteQueue(request -> request.queueUrl(url)));
        return url;
    }

    private static String queue(Account account, SqsClient sqs) {
        return queue(account, sqs, "queue", Map.of());
    }

    private static List<Message> receive(SqsClient sqs, String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(LONG_POLL_SECONDS)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    private static String attribute(SqsClient sqs, String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .attributes()
                .get(name);
    }

    /** The SDK proves the digests of body and attributes by itself: a wrong one throws. */
    @Test
    void aMessageArrivesWithItsAttributes(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs);
        var sent = sqs.sendMessage(request -> request.queueUrl(url)
                .messageBody("üñï ☔")
                .messageAttributes(Map.of(
                        "kind",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("rain")
                                        .build(),
                        "count",
                                MessageAttributeValue.builder()
                                        .dataType("Number")
                                        .stringValue("7")
                                        .build())));
        assertThat(receive(sqs, url)).singleElement().satisfies(message -> {
            assertThat(message.messageId()).isEqualTo(sent.messageId());
            assertThat(message.body()).isEqualTo("üñï ☔");
            assertThat(message.messageAttributes().get("count").stringValue()).isEqualTo("7");
            assertThat(message.attributes())
                    .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                    .containsKeys(MessageSystemAttributeName.SENT_TIMESTAMP, MessageSystemAttributeName.SENDER_ID);
        });
    }

    @Test
    void theRegionIsThatOfTheSignature(Account account) {
        SqsClient sqs = sqs(account);
        assertThat(attribute(sqs, queue(account, sqs), QueueAttributeName.QUEUE_ARN))
                .matches("arn:aws:sqs:" + account.region() + ":[0-9]{12}:" + account.name("queue"));
    }

    @Test
    void whatIsDeletedDoesNotComeBack(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs, "quick", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("once"));
        String handle = receive(sqs, url).getFirst().receiptHandle();
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(handle));
        assertThat(sqs.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(2))
                        .messages())
                .isEmpty();
    }

    @Test
    void whatIsNotDeletedComesBackWhenItsTimeoutIsOver(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs);
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("again"));
        Message first = receive(sqs, url).getFirst();
        sqs.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
        assertThat(receive(sqs, url)).singleElement().satisfies(again -> {
            assertThat(again.messageId()).isEqualTo(first.messageId());
            assertThat(again.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        });
    }

    @Test
    void aBatchTellsOfEachEntry(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs);
        var entries = List.of(
                SendMessageBatchRequestEntry.builder()
                        .id("good")
                        .messageBody("fine")
                        .build(),
                SendMessageBatchRequestEntry.builder()
                        .id("late")
                        .messageBody("delayed too long")
                        .delaySeconds(901)
                        .build());
        var answer = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        assertThat(answer.successful())
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo("good"));
        assertThat(answer.failed()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("late");
            assertThat(entry.senderFault()).isTrue();
            assertThat(entry.code()).isEqualTo("InvalidParameterValue");
        });
    }

    @Test
    void aMessageThatIsReceivedTooOftenGoesToTheDeadLetterQueue(Account account) {
        SqsClient sqs = sqs(account);
        String dead = queue(account, sqs, "dead", Map.of());
        String arn = attribute(sqs, dead, QueueAttributeName.QUEUE_ARN);
        String url = queue(
                account,
                sqs,
                "source",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"1\"}"));
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("poison"));
        Message first = receive(sqs, url).getFirst();
        sqs.changeMessageVisibility(request ->
                request.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
        assertThat(sqs.receiveMessage(request -> request.queueUrl(url)).messages())
                .isEmpty();
        assertThat(receive(sqs, dead))
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("poison"));
        assertThat(sqs.listDeadLetterSourceQueues(request -> request.queueUrl(dead))
                        .queueUrls())
                .containsExactly(url);
    }

    @Test
    void attributesCountAndChange(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs, "counted", Map.of(QueueAttributeName.DELAY_SECONDS, "900"));
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("later"));
        account.eventually(
                () -> attribute(sqs, url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED), "1"::equals);
        sqs.setQueueAttributes(
                request -> request.queueUrl(url).attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));
        assertThat(attribute(sqs, url, QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                .isEqualTo("60");
        sqs.purgeQueue(request -> request.queueUrl(url));
        account.eventually(
                () -> attribute(sqs, url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED), "0"::equals);
    }

    @Test
    void queuesAreListedPageByPage(Account account) {
        SqsClient sqs = sqs(account);
        List<String> urls = IntStream.range(0, 5)
                .mapToObj(i -> queue(account, sqs, "page-" + i, Map.of()))
                .toList();
        var pages = sqs.listQueuesPaginator(
                request -> request.queueNamePrefix(account.name("page-")).maxResults(2));
        assertThat(pages.queueUrls()).containsExactlyInAnyOrderElementsOf(urls);
        assertThat(pages.stream().count()).isEqualTo(3);
    }

    @Test
    void tagsAreKept(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs);
        sqs.tagQueue(request -> request.queueUrl(url).tags(Map.of("team", "weather", "stage", "test")));
        sqs.untagQueue(request -> request.queueUrl(url).tagKeys("stage"));
        assertThat(sqs.listQueueTags(request -> request.queueUrl(url)).tags()).isEqualTo(Map.of("team", "weather"));
    }

    @Test
    void whatIsNotThereIsSaidInItsOwnException(Account account) {
        SqsClient sqs = sqs(account);
        Refused.with(
                QueueDoesNotExistException.class,
                "AWS.SimpleQueueService.NonExistentQueue",
                400,
                "The specified queue does not exist",
                () -> sqs.getQueueUrl(request -> request.queueName(account.name("gone"))));
    }

    @Test
    void aQueueOfTheSameNameWithOtherAttributesIsRefused(Account account) {
        SqsClient sqs = sqs(account);
        queue(account, sqs, "same", Map.of(QueueAttributeName.DELAY_SECONDS, "1"));
        Refused.with(
                QueueNameExistsException.class,
                "QueueAlreadyExists",
                400,
                "A queue already exists with the same name and a different value for attribute DelaySeconds",
                () -> sqs.createQueue(request -> request.queueName(account.name("same"))
                        .attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "2"))));
    }

    @Test
    void wrongHandlesEntriesAndAttributesAreRefused(Account account) {
        SqsClient sqs = sqs(account);
        String url = queue(account, sqs);
        Refused.with(
                ReceiptHandleIsInvalidException.class,
                "ReceiptHandleIsInvalid",
                400,
                "is not a valid receipt handle",
                () -> sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle("not a handle")));
        var twice =
                SendMessageBatchRequestEntry.builder().id("a").messageBody("x").build();
        Refused.with(
                BatchEntryIdsNotDistinctException.class,
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
                400,
                "Id a repeated",
                () -> sqs.sendMessageBatch(request -> request.queueUrl(url).entries(twice, twice)));
        Refused.with(
                SqsException.class,
                "InvalidAttributeValue",
                400,
                "Invalid value for the parameter VisibilityTimeout",
                () -> sqs.setQueueAttributes(request ->
                        request.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "43201"))));
    }
}
