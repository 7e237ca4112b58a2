package virga.services.sqs;

import java.time.Instant;
import java.util.stream.Stream;
import virga.store.Reading;
import virga.store.Reading.Entry;

/** How many messages of a queue can be received, are being handled, and wait for their delay to pass. */
record Counts(long visible, long inFlight, long delayed) {
    static Counts of(Queue queue, Reading reading, Instant now) {
        long visible = 0;
        long inFlight = 0;
        long delayed = 0;
        try (Stream<Entry> rows = reading.scan(SqsKeys.SCHEDULE.range(queue.id()))) {
            for (Entry row : (Iterable<Entry>) rows::iterator) {
                if (!SqsKeys.SCHEDULE.time(row.key(), 1).isAfter(now)) {
                    visible++;
                } else if (wasReceived(queue, reading, SqsKeys.SCHEDULE.number(row.key(), 2))) {
                    inFlight++;
                } else {
                    delayed++;
                }
            }
        }
        return new Counts(visible, inFlight, delayed);
    }

    private static boolean wasReceived(Queue queue, Reading reading, long number) {
        return reading.get(SqsKeys.message(queue, number), SqsKeys.MESSAGE_ROW)
                .map(Message::wasReceived)
                .orElse(false);
    }
}
