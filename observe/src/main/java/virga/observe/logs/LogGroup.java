package virga.observe.logs;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A log group.
 *
 * @param retentionDays 0 where events never expire
 * @param storedBytes of its events, each counted as AWS does: its UTF-8 bytes and 26 more
 * @param properties whatever else the API keeps of a group: its class, its key, its tags
 */
public record LogGroup(
        String name, Instant createdAt, int retentionDays, long storedBytes, SortedMap<String, String> properties) {
    public LogGroup {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    LogGroup withRetention(int days) {
        return new LogGroup(name, createdAt, days, storedBytes, properties);
    }

    LogGroup withStored(long bytes) {
        return new LogGroup(name, createdAt, retentionDays, storedBytes + bytes, properties);
    }

    LogGroup withProperties(SortedMap<String, String> others) {
        return new LogGroup(name, createdAt, retentionDays, storedBytes, others);
    }
}
