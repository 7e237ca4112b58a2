package virga.cloud.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import virga.kernel.CallRecord;
import virga.kernel.Recorder;
import virga.kernel.Scope;

/** Keeps records and log lines in a list. */
public final class TestingRecorder implements Recorder {
    private final List<CallRecord> records = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void record(CallRecord record) {
        records.add(record);
    }

    @Override
    public void count(Scope scope, String service, String operation, String outcome) {
        // Counted calls are not looked at by tests of services.
    }

    @Override
    public synchronized void log(
            Scope scope, String logGroup, String logStream, Instant at, String message, String causeId) {
        lines.add(message);
    }

    public synchronized List<CallRecord> records() {
        return List.copyOf(records);
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        // Nothing to write out.
    }
}
