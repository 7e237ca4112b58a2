package virga.services.lambda.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.Environment;
import virga.cloud.Environment.Carried;
import virga.cloud.Hold;
import virga.cloud.Poller.Stop;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.sqs.Message;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.ReceiveMessageResult;
import virga.model.sqs.Sqs;
import virga.services.targets.QueueUrl;

/**
 * Takes batches from a queue and hands each to the function on a thread of its own, as many at once as scaling allows. Source: "Using
 * Lambda with Amazon SQS", AWS Lambda Developer Guide.
 */
final class QueuePoller {
    private static final int LONGEST_WAIT_SECONDS = 20;
    private static final int MOST_PER_RECEIVE = 10;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);

    private final Environment environment;
    private final Mapping mapping;
    private final Principal principal;
    private final QueueBatch batches;
    private final Scalings scalings;

    QueuePoller(Environment environment, Mapping mapping, Principal principal, QueueBatch batches, Scalings scalings) {
        this.environment = environment;
        this.mapping = mapping;
        this.principal = principal;
        this.batches = batches;
        this.scalings = scalings;
    }

    /** A message with its hidden cause. */
    record Taken(Message message, Cause cause) {}

    void run(Stop stop) throws InterruptedException {
        Scaling scaling = scalings.begin(environment.name(), mapping);
        try {
            poll(stop, scaling);
        } finally {
            scaling.end();
            scalings.ended(environment.name(), mapping);
        }
    }

    private void poll(Stop stop, Scaling scaling) throws InterruptedException {
        while (!stop.requested()) {
            scaling.acquire(environment.ports().clock().now());
            boolean handed = false;
            Batch batch = new Batch();
            try {
                gather(batch, stop);
                if (!batch.isEmpty()) {
                    environment.ports().threads().start("mapping-" + mapping.id(), () -> handle(batch, scaling));
                    handed = true;
                }
            } finally {
                if (!handed) {
                    batch.close();
                    scaling.release();
                }
            }
        }
    }

    private void handle(Batch batch, Scaling scaling) {
        try (batch) {
            batches.deliver(environment, mapping, principal, batch.taken());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            scaling.release();
            scalings.ended(environment.name(), mapping);
        }
    }

    /** What was received so far; held until it is closed. */
    private final class Batch implements AutoCloseable {
        private final Map<String, Taken> messages = new LinkedHashMap<>();
        private Hold hold = Hold.NONE;

        void add(Carried<ReceiveMessageResult> received, Cause fallback) {
            for (Message message : received.output().messages()) {
                String id = message.messageId().orElseThrow();
                messages.put(id, new Taken(message, received.causes().getOrDefault(id, fallback)));
            }
            if (hold == Hold.NONE && !messages.isEmpty()) {
                hold = environment.hold("messages on their way to " + mapping.functionArn());
            }
            hold.goesOn();
        }

        int size() {
            return messages.size();
        }

        boolean isEmpty() {
            return messages.isEmpty();
        }

        List<Cause> causes() {
            return messages.values().stream().map(Taken::cause).toList();
        }

        List<Taken> taken() {
            return new ArrayList<>(messages.values());
        }

        @Override
        public void close() {
            hold.close();
        }
    }

    private void gather(Batch batch, Stop stop) throws InterruptedException {
        int size = mapping.batching().size();
        receive(Math.min(size, MOST_PER_RECEIVE), LONGEST_WAIT_SECONDS, batch);
        Instant end =
                environment.ports().clock().now().plusSeconds(mapping.batching().windowSeconds());
        while (!batch.isEmpty() && batch.size() < size && !stop.requested()) {
            Duration left = Duration.between(environment.ports().clock().now(), end);
            if (!left.isPositive()) {
                break;
            }
            batch.hold.waitsUntil(end, batch.causes());
            int seconds = (int) Math.min(LONGEST_WAIT_SECONDS, left.toSeconds());
            int before = batch.size();
            receive(Math.min(size - before, MOST_PER_RECEIVE), seconds, batch);
            if (seconds == 0 && batch.size() == before) {
                environment.ports().clock().sleepUntil(end);
            }
        }
        batch.hold.goesOn();
    }

    private void receive(int count, int waitSeconds, Batch batch) throws InterruptedException {
        Call call = environment
                .newCall(
                        mapping.scope(),
                        principal,
                        Cause.root(environment.ports().ids().traceId()))
                .counted();
        try (Carried<ReceiveMessageResult> received = environment.carrying(
                call,
                Sqs.RECEIVE_MESSAGE,
                ReceiveMessageRequest.builder()
                        .queueUrl(url(mapping))
                        .maxNumberOfMessages(count)
                        .waitTimeSeconds(waitSeconds)
                        .messageSystemAttributeNames(List.of("All"))
                        .messageAttributeNames(List.of("All"))
                        .build())) {
            batch.add(received, call.cause());
        } catch (Fault fault) {
            // The queue is gone, or the role may not read it: AWS goes on trying, and so do we.
            environment.ports().clock().sleep(PAUSE_AFTER_FAULT);
        }
    }

    static String url(Mapping mapping) {
        return QueueUrl.of(Arn.parse(mapping.source().arn()));
    }
}
