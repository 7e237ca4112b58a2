package virga.observe.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One event of a log stream.
 *
 * @param number its place in the stream, from 0, in order of arrival
 * @param at when it happened, to the millisecond, as its writer says
 * @param ingestedAt when it arrived
 * @param recordId the record of the invocation that wrote it; empty where an API call put it
 */
public record LogEvent(
        String group, String stream, long number, Instant at, Instant ingestedAt, String message, String recordId) {
    /** What AWS adds to each event's size. Source: "PutLogEvents", CloudWatch Logs API Reference. */
    public static final int OVERHEAD_BYTES = 26;

    /** The size that is billed and limited, bytes. */
    public long bytes() {
        return bytes(message);
    }

    /** The id that {@code FilterLogEvents} shows: 56 digits, in order of time within the group. */
    public String eventId() {
        return "%014d%020d%022d".formatted(at.toEpochMilli(), Integer.toUnsignedLong(stream.hashCode()), number);
    }

    static long bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length + (long) OVERHEAD_BYTES;
    }
}
