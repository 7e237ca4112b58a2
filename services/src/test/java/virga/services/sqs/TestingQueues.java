package virga.services.sqs;

import java.util.List;
import java.util.Map;
import virga.cloud.testing.TestingCloud;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.Message;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

/** Queues as tests speak to them. */
final class TestingQueues implements AutoCloseable {
    final TestingCloud cloud = new TestingCloud(new SqsService("http://127.0.0.1:4566", SqsLimits.AWS));

    String create(String name, Map<String, String> attributes) {
        return cloud.call(
                        Sqs.CREATE_QUEUE,
                        CreateQueueRequest.builder()
                                .queueName(name)
                                .attributes(attributes)
                                .build())
                .queueUrl()
                .orElseThrow();
    }

    static String arn(String name) {
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    void send(String url, String body) {
        cloud.call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder().queueUrl(url).messageBody(body).build());
    }

    List<Message> receive(String url, int count) {
        return cloud.call(
                        Sqs.RECEIVE_MESSAGE,
                        ReceiveMessageRequest.builder()
                                .queueUrl(url)
                                .maxNumberOfMessages(count)
                                .messageSystemAttributeNames(List.of("All"))
                                .build())
                .messages();
    }

    Map<String, String> attributes(String url) {
        return cloud.call(
                        Sqs.GET_QUEUE_ATTRIBUTES,
                        GetQueueAttributesRequest.builder()
                                .queueUrl(url)
                                .attributeNames(List.of("All"))
                                .build())
                .attributes();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
