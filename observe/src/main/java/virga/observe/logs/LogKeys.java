package virga.observe.logs;

import static virga.store.Part.number;
import static virga.store.Part.text;
import static virga.store.Part.time;

import java.time.Instant;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** Where logs lie. An event lies once, by group and time; a stream and an invocation point to theirs. */
final class LogKeys {
    static final KeySpace GROUP = KeySpace.of("logs/group", text("account"), text("region"), text("group"));
    static final KeySpace STREAM =
            KeySpace.of("logs/stream", text("account"), text("region"), text("group"), text("stream"));

    /** {@code number} is the event's place in its stream. */
    static final KeySpace EVENT = KeySpace.of(
            "logs/event", text("account"), text("region"), text("group"), time("at"), text("stream"), number("number"));

    static final KeySpace BY_STREAM = KeySpace.of(
            "logs/by-stream",
            text("account"),
            text("region"),
            text("group"),
            text("stream"),
            time("at"),
            number("number"));

    static final KeySpace BY_RECORD = KeySpace.of(
            "logs/by-record",
            text("record"),
            time("at"),
            number("number"),
            text("account"),
            text("region"),
            text("group"),
            text("stream"));

    static final Codec<LogGroup> GROUP_CODEC = RecordCodec.of(LogGroup.class);
    static final Codec<LogStream> STREAM_CODEC = RecordCodec.of(LogStream.class);
    static final Codec<Kept> EVENT_CODEC = RecordCodec.of(Kept.class);

    private LogKeys() {}

    /** What the keys do not say of an event. */
    record Kept(String message, Instant ingestedAt, String recordId) {}
}
