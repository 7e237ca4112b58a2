package virga.simulator.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import virga.kernel.Chance;
import virga.model.sqs.ChangeMessageVisibilityRequest;
import virga.model.sqs.CreateQueueRequest;
import virga.model.sqs.DeleteMessageRequest;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.Message;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.Workload;
import virga.simulator.schedule.Simulation;

/** Producers send, consumers receive, delete, change visibility and die with messages in hand; in the end the queues are drained. */
public final class QueueWorkload implements Workload {
    private static final String QUEUE = "https://sqs/000000000000/work";
    private static final String DEAD = "https://sqs/000000000000/dead";
    private static final List<String> COUNTS = List.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed");

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Duration visibility;
    private final int maxReceiveCount;
    private final int messages;
    private final int producers;
    private final int consumers;
    private final QueueLedger ledger;
    private boolean producing = true;

    public QueueWorkload(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("queue");
        this.visibility = Duration.ofSeconds(2 + chance.nextInt(20));
        this.maxReceiveCount = 1 + chance.nextInt(4);
        this.messages = 5 + chance.nextInt(15);
        this.producers = 1 + chance.nextInt(3);
        this.consumers = 1 + chance.nextInt(4);
        this.ledger = new QueueLedger(simulation, maxReceiveCount);
    }

    @Override
    public String toString() {
        return producers + " producers of " + messages + " messages, " + consumers + " consumers, visibility "
                + visibility + ", " + maxReceiveCount + " receives";
    }

    @Override
    public void run() {
        create("dead", Map.of());
        create(
                "work",
                Map.of(
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":"
                                + maxReceiveCount + "}"));
        CountDownLatch producersDone = new CountDownLatch(producers);
        CountDownLatch consumersDone = new CountDownLatch(consumers);
        for (int i = 0; i < producers; i++) {
            int number = i;
            simulation.outside().start("producer-" + i, () -> {
                produce(number);
                producersDone.countDown();
            });
        }
        for (int i = 0; i < consumers; i++) {
            simulation.outside().start("consumer-" + i, () -> {
                while (producing) {
                    receive(i(chance, 10), i(chance, 3), false, false);
                }
                consumersDone.countDown();
            });
        }
        await(producersDone);
        producing = false;
        await(consumersDone);
        checkCounts(ledger.atLeast(), ledger.sentInAll());
        drain();
        checkCounts(0, 0);
        ledger.drained();
    }

    private static int i(Chance chance, int most) {
        return 1 + chance.nextInt(most);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
    }

    /** A lost answer is asked for again: creating a queue twice is no error. */
    private void create(String name, Map<String, String> attributes) {
        CreateQueueRequest input = CreateQueueRequest.builder()
                .queueName(name)
                .attributes(attributes)
                .build();
        while (!(cloud.call(Sqs.CREATE_QUEUE, input) instanceof Reply.Answered)) {
            cloud.sleep(Duration.ofSeconds(1));
        }
    }

    private void produce(int producer) {
        for (int i = 0; i < messages; i++) {
            String body = "p" + producer + "-" + i;
            int delay = chance.nextInt(4) == 0 ? chance.nextInt(5) : 0;
            ledger.sending(body);
            SendMessageRequest input = SendMessageRequest.builder()
                    .queueUrl(QUEUE)
                    .messageBody(body)
                    .delaySeconds(delay)
                    .build();
            switch (cloud.call(Sqs.SEND_MESSAGE, input)) {
                case Reply.Answered<?> answered -> ledger.sent(body);
                case Reply.Refused<?> refused ->
                    simulation.fail("a message is taken", refused.fault().toString());
                case Reply.Lost<?> lost -> simulation.note(body + " may be lost");
            }
            cloud.sleep(Duration.ofMillis(chance.nextInt(3_000)));
        }
    }

    /** One receive and what becomes of each message. @return how many messages came */
    private int receive(int most, int wait, boolean deadLetters, boolean deleteAll) {
        Instant began = simulation.now();
        String url = deadLetters ? DEAD : QUEUE;
        ReceiveMessageRequest input = ReceiveMessageRequest.builder()
                .queueUrl(url)
                .maxNumberOfMessages(most)
                .waitTimeSeconds(wait)
                .visibilityTimeout((int) visibility.toSeconds())
                .messageSystemAttributeNames(List.of("ApproximateReceiveCount"))
                .build();
        if (!(cloud.call(Sqs.RECEIVE_MESSAGE, input) instanceof Reply.Answered<?> answered)) {
            return 0;
        }
        List<Message> received = ((virga.model.sqs.ReceiveMessageResult) answered.output()).messages();
        List<Held> held = received.stream()
                .map(message -> hold(message, url, deadLetters, began))
                .toList();
        held.forEach(message -> handle(message, deleteAll));
        return held.size();
    }

    private record Held(String url, String body, String handle, QueueLedger.Holding holding) {}

    private Held hold(Message message, String url, boolean deadLetters, Instant began) {
        String body = message.body().orElseThrow();
        int count = Integer.parseInt(message.attributes().get("ApproximateReceiveCount"));
        simulation.note("received " + body + " for the " + count + ". time" + (deadLetters ? " as a dead letter" : ""));
        return new Held(
                url,
                body,
                message.receiptHandle().orElseThrow(),
                ledger.received(body, count, deadLetters, began, visibility));
    }

    private void handle(Held held, boolean deleteAll) {
        int choice = deleteAll ? 0 : chance.nextInt(10);
        if (choice < 4) {
            delete(held);
        } else if (choice < 6) {
            cloud.sleep(Duration.ofMillis(chance.nextInt((int) visibility.toMillis() * 3 / 2)));
            delete(held);
        } else if (choice < 8) {
            change(held, Duration.ofSeconds(chance.nextInt(8)));
        }
        // Otherwise the consumer dies with the message in its hand.
    }

    private void delete(Held held) {
        ledger.deleting(held.body());
        DeleteMessageRequest input = DeleteMessageRequest.builder()
                .queueUrl(held.url())
                .receiptHandle(held.handle())
                .build();
        if (cloud.call(Sqs.DELETE_MESSAGE, input) instanceof Reply.Answered) {
            simulation.note("deleted " + held.body());
            ledger.deleted(held.holding());
        }
    }

    private void change(Held held, Duration timeout) {
        Instant began = simulation.now();
        ledger.changing(held.holding(), timeout);
        ChangeMessageVisibilityRequest input = ChangeMessageVisibilityRequest.builder()
                .queueUrl(held.url())
                .receiptHandle(held.handle())
                .visibilityTimeout((int) timeout.toSeconds())
                .build();
        if (cloud.call(Sqs.CHANGE_MESSAGE_VISIBILITY, input) instanceof Reply.Answered) {
            ledger.changed(held.holding(), began, timeout);
        }
    }

    private void drain() {
        for (int empty = 0; empty < 3; ) {
            cloud.sleep(visibility.plusSeconds(10));
            int found = 0;
            for (int received = 1; received > 0; found += received) {
                received = receive(10, 0, false, true) + receive(10, 0, true, true);
            }
            empty = found == 0 ? empty + 1 : 0;
        }
    }

    private void checkCounts(int atLeast, int atMost) {
        int sum = 0;
        for (String url : List.of(QUEUE, DEAD)) {
            GetQueueAttributesRequest input = GetQueueAttributesRequest.builder()
                    .queueUrl(url)
                    .attributeNames(COUNTS)
                    .build();
            if (!(cloud.call(Sqs.GET_QUEUE_ATTRIBUTES, input) instanceof Reply.Answered<?> answered)) {
                return; // The cloud was killed meanwhile: nothing was said.
            }
            Map<String, String> counts = ((virga.model.sqs.GetQueueAttributesResult) answered.output()).attributes();
            sum += COUNTS.stream()
                    .mapToInt(name -> Integer.parseInt(counts.get(name)))
                    .sum();
        }
        if (sum < atLeast || sum > atMost) {
            simulation.fail("counts add up", sum + " messages, expected " + atLeast + " to " + atMost);
        }
    }
}
