package virga.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import virga.conformance.fixture.Account;

/** Queues of a test's own, and what arrives in them. */
record Queues(Account account, SqsClient sqs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A queue. */
    record Queue(String url, String arn) {}

    static Queues in(Account account) {
        return new Queues(account, account.client(SqsClient.builder()));
    }

    Queue queue(String purpose, Map<QueueAttributeName, String> attributes) {
        String url = sqs.createQueue(
                        request -> request.queueName(account.name(purpose)).attributes(attributes))
                .queueUrl();
        account.afterwards(() -> delete(url));
        return new Queue(url, attribute(url, QueueAttributeName.QUEUE_ARN));
    }

    Queue queue(String purpose) {
        return queue(purpose, Map.of());
    }

    private void delete(String url) {
        try {
            sqs.deleteQueue(request -> request.queueUrl(url));
        } catch (QueueDoesNotExistException goneInTheTest) {
            // Then there is nothing to tidy up.
        }
    }

    /** A queue to which a service may send. */
    Queue openTo(String service, String purpose) {
        Queue queue = queue(purpose);
        sqs.setQueueAttributes(request -> request.queueUrl(queue.url())
                .attributes(Map.of(QueueAttributeName.POLICY, """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},
                         "Action":"sqs:SendMessage","Resource":"%s"}]}""".formatted(service, queue.arn()))));
        return queue;
    }

    String attribute(String url, QueueAttributeName name) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(name))
                .attributes()
                .get(name);
    }

    /** Waits until there are so many messages, visible or in flight. */
    void left(Queue queue, int expected) {
        account.eventually(
                () -> Stream.of(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                        .mapToInt(name -> Integer.parseInt(attribute(queue.url(), name)))
                        .sum(),
                count -> count == expected);
    }

    void send(Queue queue, String... bodies) {
        for (String body : bodies) {
            sqs.sendMessage(request -> request.queueUrl(queue.url()).messageBody(body));
        }
    }

    /** Takes messages until there are so many. */
    List<Message> take(Queue queue, int expected) {
        List<Message> taken = new ArrayList<>();
        return account.eventually(
                () -> {
                    for (Message message : sqs.receiveMessage(request -> request.queueUrl(queue.url())
                                    .maxNumberOfMessages(10)
                                    .messageAttributeNames("All"))
                            .messages()) {
                        taken.add(message);
                        sqs.deleteMessage(
                                request -> request.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
                    }
                    return taken;
                },
                found -> found.size() >= expected);
    }

    /** The one message that arrives. */
    JsonNode json(Queue queue) {
        return json(take(queue, 1).getFirst().body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
