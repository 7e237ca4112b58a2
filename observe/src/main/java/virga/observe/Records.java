package virga.observe;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
import virga.kernel.Details;
import virga.kernel.Recorder;
import virga.kernel.Scope;
import virga.kernel.Threads;
import virga.store.Store;

/**
 * The records, counts and log lines of one environment. One thread writes them in batches; {@link #read} sees all that was recorded
 * before it was called.
 *
 * <p>Never call {@link #flush} or {@link #read} inside a transaction of the same store: the writer may be waiting for it.
 */
public final class Records implements Recorder, AutoCloseable {
    /** Inputs and outputs beyond this are cut, and {@link Details#INPUT_CUT} or {@link Details#OUTPUT_CUT} says so. */
    public static final int MOST_PAYLOAD_BYTES = 256 << 10;

    private final Store store;
    private final Clock clock;
    private final RecordWriter writer;
    private final Inbox inbox = new Inbox();
    private final Thread thread;

    /** Opens the records that {@code store} holds, and starts the writer. */
    public Records(Store store, Clock clock, Threads threads, Retention retention) {
        this.store = store;
        this.clock = clock;
        this.writer = new RecordWriter(store, clock, retention);
        this.thread = threads.start("records", this::write);
    }

    @Override
    public void record(CallRecord record) {
        inbox.put(new Entry.Recorded(cut(record)));
    }

    @Override
    public void count(Scope scope, String service, String operation, String outcome) {
        Instant minute = clock.now().truncatedTo(ChronoUnit.MINUTES);
        inbox.count(CountKey.of(minute, scope, service, operation, outcome));
    }

    @Override
    public void log(Scope scope, String logGroup, String logStream, Instant at, String message, String causeId) {
        inbox.put(new Entry.Logged(scope, logGroup, logStream, at, message, causeId));
    }

    /** Waits until all that was recorded before this call can be read. */
    public void flush() {
        inbox.flush();
    }

    /** Reads a moment that holds everything recorded before. {@code body} must not keep the snapshot. */
    public <T> T read(Function<? super Snapshot, T> body) {
        flush();
        return store.read(reading -> body.apply(new Snapshot(reading)));
    }

    boolean isClosed() {
        return inbox.isClosed();
    }

    /** Writes what is left and ends the writer. Recording afterwards is a bug. */
    @Override
    public void close() {
        inbox.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        boolean finished = false;
        try {
            for (Inbox.Batch batch = inbox.take(); !batch.isEmpty(); batch = inbox.take()) {
                writer.write(batch);
                inbox.done(batch);
            }
            finished = true;
        } finally {
            if (!finished) {
                inbox.fail();
            }
        }
    }

    private static CallRecord cut(CallRecord record) {
        if (record.input().length() <= MOST_PAYLOAD_BYTES && record.output().length() <= MOST_PAYLOAD_BYTES) {
            return record;
        }
        SortedMap<String, String> details = new TreeMap<>(record.details());
        Bytes input = cut(record.input(), Details.INPUT_CUT, details);
        Bytes output = cut(record.output(), Details.OUTPUT_CUT, details);
        return Payload.replace(record, input, output, details);
    }

    private static Bytes cut(Bytes payload, String mark, SortedMap<String, String> details) {
        if (payload.length() <= MOST_PAYLOAD_BYTES) {
            return payload;
        }
        details.put(mark, Integer.toString(payload.length()));
        return payload.slice(0, MOST_PAYLOAD_BYTES);
    }
}
