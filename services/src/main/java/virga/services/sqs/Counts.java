package virga.services.sqs;

import java.time.Instant;
import java.util.stream.Stream;
import virga.store.Reading;
import virga.store.Reading.Entry;

/**
 * How many messages of a queue can be received, are being handled, and wait for their delay to pass. How many there are is kept; only
 * those that cannot be received now are looked at, which are few however long the queue is.
 */
record Counts(long visible, long inFlight, long delayed) {
    static Counts of(Queue queue, Reading reading, Instant now) {
        long inFlight = 0;
        long delayed = 0;
        // From the last row backwards: the hidden ones are at the end of the schedule.
        try (Stream<Entry> rows = reading.scan(SqsKeys.SCHEDULE.range(queue.id()), Reading.Direction.BACKWARD)) {
            for (Entry row : (Iterable<Entry>) rows::iterator) {
                if (!SqsKeys.SCHEDULE.time(row.key(), 1).isAfter(now)) {
                    break;
                } else if (wasReceived(queue, reading, row)) {
                    inFlight++;
                } else {
                    delayed++;
                }
            }
        }
        return new Counts(Mailbox.counter(queue, reading).messages() - inFlight - delayed, inFlight, delayed);
    }

    private static boolean wasReceived(Queue queue, Reading reading, Entry row) {
        return reading.get(SqsKeys.message(queue, SqsKeys.SCHEDULE.number(row.key(), 2)), SqsKeys.MESSAGE_ROW)
                .map(Message::wasReceived)
                .orElse(false);
    }
}
