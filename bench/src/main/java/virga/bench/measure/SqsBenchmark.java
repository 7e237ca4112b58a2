package virga.bench.measure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import virga.bench.Bench;
import virga.bench.Benchmark;
import virga.bench.Load;
import virga.bench.Section;
import virga.bench.contender.Contender.Api;
import virga.bench.contender.Server;

/** Sends messages, receives them one by one, and deletes them. */
public final class SqsBenchmark implements Benchmark {
    private static final String BODY = "m".repeat(400);

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public String describe() {
        return "SendMessage, ReceiveMessage and DeleteMessage, beside ElasticMQ and moto";
    }

    @Override
    public void run(Bench bench, Section section) throws IOException, InterruptedException {
        section.note(
                "A standard queue, bodies of 400 bytes, no long poll. One message a call; a round receives and deletes"
                        + " all that it sent.");
        Rounds.note(bench, section);
        new Rounds(bench, section).run(bench.contenders().answering(Api.SQS, section), OneQueue::new);
    }

    private static final class OneQueue implements Rounds.Operations {
        private final SqsClient client;
        private final String queue;

        OneQueue(Server server) {
            client = Clients.sqs(server.endpoint());
            queue = client.createQueue(request -> request.queueName("bench")
                            .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3600")))
                    .queueUrl();
        }

        @Override
        public Map<String, Load.Work> of(int round) {
            Queue<String> received = new ConcurrentLinkedQueue<>();
            Map<String, Load.Work> operations = new LinkedHashMap<>();
            operations.put(
                    "SendMessage",
                    number -> client.sendMessage(
                            request -> request.queueUrl(queue).messageBody(BODY)));
            operations.put("ReceiveMessage", number -> received.add(receive()));
            operations.put("DeleteMessage", number -> {
                String handle = received.poll();
                client.deleteMessage(request -> request.queueUrl(queue).receiptHandle(handle));
            });
            return operations;
        }

        private String receive() {
            List<Message> messages = client.receiveMessage(
                            request -> request.queueUrl(queue).maxNumberOfMessages(1))
                    .messages();
            if (messages.isEmpty()) {
                throw new IllegalStateException("a message that was sent was not received");
            }
            return messages.getFirst().receiptHandle();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
