package virga.services.sqs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.model.sqs.OverLimit;
import virga.store.Codec;
import virga.store.Reading;
import virga.store.Reading.Entry;
import virga.store.RecordCodec;

/** The messages of one queue, within one unit of work. */
final class Mailbox {
    private static final Codec<Counter> COUNTER = RecordCodec.of(Counter.class);

    private final Queue queue;
    private final UnitOfWork work;

    Mailbox(Queue queue, UnitOfWork work) {
        this.queue = queue;
        this.work = work;
    }

    /**
     * @param next the number of the next message
     * @param received messages that were received and are still here: never fewer than are in flight
     * @param messages all that are here
     * @param counted whether {@code messages} is kept: not yet in queues of a Virga that did not
     */
    record Counter(long next, long received, long messages, boolean counted) {
        Counter plus(long moreReceived, long moreMessages) {
            return new Counter(next, received + moreReceived, messages + moreMessages, counted);
        }

        Counter numbered() {
            return new Counter(next + 1, received, messages, counted);
        }
    }

    private Counter counter() {
        return counter(queue, work);
    }

    static Counter counter(Queue queue, Reading reading) {
        Counter kept = reading.get(SqsKeys.COUNTER.key(queue.id()), COUNTER).orElse(new Counter(1, 0, 0, true));
        if (kept.counted()) {
            return kept;
        }
        try (Stream<Entry> rows = reading.scan(SqsKeys.MESSAGE.range(queue.id()))) {
            return new Counter(kept.next(), kept.received(), rows.count(), true);
        }
    }

    private void set(Counter counter) {
        work.put(SqsKeys.COUNTER.key(queue.id()), counter, COUNTER);
    }

    /** The number of the next message. */
    long nextNumber() {
        return counter().next();
    }

    /** Up to {@code count} messages that can be received now and have a lesser number. */
    List<Message> visibleBefore(long number, int count) {
        Instant now = work.now();
        try (Stream<Entry> rows = work.scan(SqsKeys.SCHEDULE.range(queue.id()))) {
            return rows.takeWhile(row -> !SqsKeys.SCHEDULE.time(row.key(), 1).isAfter(now))
                    .map(row -> SqsKeys.SCHEDULE.number(row.key(), 2))
                    .filter(each -> each < number)
                    .limit(count)
                    .map(each -> get(each).orElseThrow())
                    .toList();
        }
    }

    /** Adds the message that is made with its number in this queue. */
    Message add(LongFunction<Message> made) {
        Counter counter = counter();
        Message message = made.apply(counter.next());
        set(counter.numbered().plus(message.wasReceived() ? 1 : 0, 1));
        keep(message);
        work.raise(queue.signal());
        return message;
    }

    private void keep(Message message) {
        work.put(SqsKeys.message(queue, message.number()), message, SqsKeys.MESSAGE_ROW);
        work.put(SqsKeys.schedule(queue, message), Bytes.EMPTY);
    }

    void remove(Message message) {
        work.delete(SqsKeys.message(queue, message.number()));
        work.delete(SqsKeys.schedule(queue, message));
        set(counter().plus(message.wasReceived() ? -1 : 0, -1));
    }

    void reschedule(Message message, Message changed) {
        work.delete(SqsKeys.schedule(queue, message));
        keep(changed);
        work.raise(queue.signal());
    }

    Optional<Message> get(long number) {
        return work.get(SqsKeys.message(queue, number), SqsKeys.MESSAGE_ROW);
    }

    /** The message that was received with this handle, if it is still there and was not received again since. */
    Optional<Message> receivedWith(ReceiptHandle handle) {
        return get(handle.number()).filter(message -> message.receipt().equals(handle.nonce()));
    }

    /**
     * Takes up to {@code count} visible messages out of sight until {@code visibleAgain}. Messages past their retention go; those
     * received too often move to the dead-letter queue.
     */
    List<Message> receive(Call call, Queues queues, SqsLimits limits, int count, Instant visibleAgain) {
        Instant now = work.now();
        List<Message> taken = new ArrayList<>();
        List<Long> candidates = visible(now, count);
        for (long number : candidates) {
            Message message = get(number).orElseThrow();
            if (message.sentAt().plus(queue.retention()).isBefore(now)) {
                remove(message);
            } else if (!moveToDeadLetters(call, queues, message)) {
                Message received =
                        message.received(now, visibleAgain, work.ids().hex(16));
                work.delete(SqsKeys.schedule(queue, message));
                keep(received);
                taken.add(received);
            }
        }
        long first =
                taken.stream().filter(message -> message.receiveCount() == 1).count();
        Counter counter = counter();
        if (first > 0) {
            set(counter.plus(first, 0));
        }
        // Counting what is in flight means looking at each of them; the counter says when it cannot matter.
        if (counter.received() + first > limits.inFlight() && inFlight() > limits.inFlight()) {
            throw new OverLimit("Too many messages in flight: at most " + limits.inFlight() + " per queue.");
        }
        return taken;
    }

    private List<Long> visible(Instant now, int count) {
        List<Long> numbers = new ArrayList<>();
        try (Stream<Entry> rows = work.scan(SqsKeys.SCHEDULE.range(queue.id()))) {
            for (Entry row : (Iterable<Entry>) rows::iterator) {
                if (SqsKeys.SCHEDULE.time(row.key(), 1).isAfter(now) || numbers.size() == count) {
                    break;
                }
                numbers.add(SqsKeys.SCHEDULE.number(row.key(), 2));
            }
        }
        return numbers;
    }

    private boolean moveToDeadLetters(Call call, Queues queues, Message message) {
        Optional<RedrivePolicy> redrive = queue.redrive();
        if (redrive.isEmpty() || message.receiveCount() < redrive.get().maxReceiveCount()) {
            return false;
        }
        Optional<Queue> target = queues.withArn(work, call, redrive.get().deadLetterTargetArn());
        if (target.isEmpty()) {
            return false;
        }
        remove(message);
        Mailbox letters = new Mailbox(target.get(), work);
        letters.add(number -> message.moved(queue.arn(), number, work.now()));
        return true;
    }

    /** When the next hidden message becomes visible. */
    Optional<Instant> nextVisible() {
        return work.first(SqsKeys.SCHEDULE.range(queue.id()), Reading.Direction.FORWARD)
                .map(row -> SqsKeys.SCHEDULE.time(row.key(), 1));
    }

    private long inFlight() {
        return Counts.of(queue, work, work.now()).inFlight();
    }

    void purge() {
        work.delete(SqsKeys.MESSAGE.range(queue.id()));
        work.delete(SqsKeys.SCHEDULE.range(queue.id()));
        set(new Counter(counter().next(), 0, 0, true));
    }
}
