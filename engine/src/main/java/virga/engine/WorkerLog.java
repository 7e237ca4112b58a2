package virga.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import virga.kernel.MovableClock;
import virga.kernel.Recorder;
import virga.kernel.Scope;

/**
 * The log stream of one worker. Each event goes to the recorder, in the name of the invocation that is running, and the last four
 * kilobytes of it are kept for {@code X-Amz-Log-Result}.
 */
final class WorkerLog implements FrameParser.Listener {
    /** Source: "Invoke", AWS Lambda API Reference, {@code LogType}. */
    private static final int TAIL_BYTES = 4096;

    private final Recorder recorder;
    private final MovableClock clock;
    private final Scope scope;
    private final String group;
    private final String stream;
    private final StringBuilder tail = new StringBuilder();
    private String requestId = "";
    private java.util.function.LongConsumer onMark = unused -> {};

    WorkerLog(Recorder recorder, MovableClock clock, Scope scope, String group, String stream) {
        this.recorder = recorder;
        this.clock = clock;
        this.scope = scope;
        this.group = group;
        this.stream = stream;
    }

    String stream() {
        return stream;
    }

    void onMark(java.util.function.LongConsumer action) {
        onMark = action;
    }

    /** From now on events belong to {@code id}; the tail starts anew. */
    synchronized void attribute(String id) {
        requestId = id;
        tail.setLength(0);
    }

    /** A line of the platform's own, such as START. */
    void platform(String text) {
        write(clock.now(), text);
    }

    @Override
    public void line(String text) {
        write(clock.now(), text);
    }

    @Override
    public void message(long epochMicros, String text) {
        // Workers stamp with the machine's time; the environment's may be ahead of it.
        Instant at = Instant.EPOCH.plusNanos(epochMicros * 1000).plus(clock.offset());
        write(at, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public void mark(long number) {
        onMark.accept(number);
    }

    private synchronized void write(Instant at, String text) {
        // Lambda's events end with a line feed, and its tail is made of them.
        String message = text + "\n";
        recorder.log(scope, group, stream, at, message, requestId);
        tail.append(message);
        if (tail.length() > 4 * TAIL_BYTES) {
            tail.delete(0, tail.length() - 2 * TAIL_BYTES);
        }
    }

    /** The last four kilobytes since {@link #attribute}. */
    synchronized String tail() {
        byte[] bytes = tail.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= TAIL_BYTES) {
            return tail.toString();
        }
        int from = bytes.length - TAIL_BYTES;
        while (from < bytes.length && (bytes[from] & 0xc0) == 0x80) {
            from++;
        }
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
