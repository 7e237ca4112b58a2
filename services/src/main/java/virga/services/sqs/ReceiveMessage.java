package virga.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Conversation;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Signals;
import virga.model.sqs.ReceiveMessageRequest;
import virga.model.sqs.ReceiveMessageResult;

/**
 * Takes messages, waiting for some where the caller or the queue says so. Source: ReceiveMessage, Amazon SQS API Reference; "Amazon SQS
 * short and long polling", Developer Guide.
 */
final class ReceiveMessage implements Conversation<ReceiveMessageRequest, ReceiveMessageResult> {
    private static final int MOST_MESSAGES = 10;
    private static final int LONGEST_WAIT_SECONDS = 20;
    private static final int LONGEST_VISIBILITY_SECONDS = 43_200;

    private final Queues queues;
    private final SqsLimits limits;

    ReceiveMessage(Queues queues, SqsLimits limits) {
        this.queues = queues;
        this.limits = limits;
    }

    @Override
    public ReceiveMessageResult handle(Call call, ReceiveMessageRequest input, Exchange exchange)
            throws InterruptedException {
        int count = within("MaxNumberOfMessages", input.maxNumberOfMessages().orElse(1), 1, MOST_MESSAGES);
        Queue queue = exchange.read(reading -> queues.at(reading, call, input.queueUrl()));
        Duration wait = input.waitTimeSeconds()
                .map(seconds -> Duration.ofSeconds(within("WaitTimeSeconds", seconds, 0, LONGEST_WAIT_SECONDS)))
                .orElse(queue.receiveWait());
        Optional<Duration> visibility = input.visibilityTimeout()
                .map(seconds ->
                        Duration.ofSeconds(within("VisibilityTimeout", seconds, 0, LONGEST_VISIBILITY_SECONDS)));
        Instant deadline = call.at().plus(wait);
        try (Signals.Listener listener = exchange.ports().signals().listen(queue.signal())) {
            while (true) {
                Batch batch = take(exchange, new Wish(call, input, count, visibility));
                Instant now = exchange.ports().clock().now();
                if (!batch.messages().isEmpty() || !now.isBefore(deadline)) {
                    return answer(exchange, queue, input, batch.messages());
                }
                Instant next = batch.nextVisible().filter(deadline::isAfter).orElse(deadline);
                listener.await(next);
            }
        }
    }

    private static int within(String parameter, int value, int min, int max) {
        if (value < min || value > max) {
            throw new Fault(
                    "InvalidParameterValue",
                    400,
                    "Value " + value + " for parameter " + parameter + " is invalid. Reason: Must be between " + min
                            + " and " + max + ", if provided.");
        }
        return value;
    }

    private record Wish(Call call, ReceiveMessageRequest input, int count, Optional<Duration> visibility) {}

    private record Batch(List<Message> messages, Optional<Instant> nextVisible) {}

    private Batch take(Exchange exchange, Wish wish) {
        // Each look has the time of its own: a long poll outlives the moment of its call.
        Call look = wish.call().at(exchange.ports().clock().now());
        return exchange.transact(look, work -> {
            Queue queue = queues.at(work, look, wish.input().queueUrl());
            Mailbox mailbox = new Mailbox(queue, work);
            Instant again = work.now().plus(wish.visibility().orElse(queue.visibilityTimeout()));
            List<Message> taken = mailbox.receive(look, queues, limits, wish.count(), again);
            return new Batch(taken, mailbox.nextVisible());
        });
    }

    private static ReceiveMessageResult answer(
            Exchange exchange, Queue queue, ReceiveMessageRequest input, List<Message> messages) {
        List<virga.model.sqs.Message> shown = new ArrayList<>();
        MessageView view = new MessageView(queue, input);
        for (Message message : messages) {
            exchange.carry(message.id(), message.cause());
            shown.add(view.show(message));
        }
        exchange.detail(Details.ENTRIES, Integer.toString(messages.size()));
        return ReceiveMessageResult.builder().messages(shown).build();
    }
}
