package virga.observe.logs;

import java.time.Instant;

/**
 * A log stream. The times of events are {@link Instant#EPOCH} while it has none.
 *
 * @param firstEventAt the earliest event that was ever put
 * @param lastEventAt the latest
 * @param lastIngestionAt when the last event arrived
 * @param events how many events were ever put: the number of the next one
 */
public record LogStream(
        String group,
        String name,
        Instant createdAt,
        Instant firstEventAt,
        Instant lastEventAt,
        Instant lastIngestionAt,
        long events) {
    public boolean isEmpty() {
        return events == 0;
    }

    static LogStream empty(String group, String name, Instant createdAt) {
        return new LogStream(group, name, createdAt, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 0);
    }

    LogStream with(Instant at, Instant ingestedAt) {
        return new LogStream(
                group,
                name,
                createdAt,
                isEmpty() || at.isBefore(firstEventAt) ? at : firstEventAt,
                isEmpty() || at.isAfter(lastEventAt) ? at : lastEventAt,
                ingestedAt,
                events + 1);
    }
}
