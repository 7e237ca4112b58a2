package virga.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import virga.kernel.CallRecord;
import virga.kernel.system.VirtualThreads;
import virga.observe.lineage.Lineage;
import virga.store.memory.MemoryStore;

/** Records of one test, in memory. */
public final class TestingRecords implements AutoCloseable {
    private final MemoryStore store = new MemoryStore();
    private final TestingClock clock = new TestingClock();
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final Records records;

    public TestingRecords() {
        this(Retention.DEFAULT);
    }

    public TestingRecords(Retention retention) {
        this.records = new Records(store, clock, new VirtualThreads(bugs::add), retention);
    }

    public static TestingRecords of(CallRecord... all) {
        TestingRecords testing = new TestingRecords();
        for (CallRecord record : all) {
            testing.records.record(record);
        }
        return testing;
    }

    public Records records() {
        return records;
    }

    public TestingClock clock() {
        return clock;
    }

    public MemoryStore store() {
        return store;
    }

    /** What escaped the writer's thread. */
    public List<Throwable> bugs() {
        return bugs;
    }

    public <T> T read(Function<? super Snapshot, T> body) {
        return records.read(body);
    }

    public Optional<CallRecord> find(String id) {
        return records.read(snapshot -> snapshot.find(id));
    }

    public long total() {
        return records.read(Snapshot::total);
    }

    public List<CallRecord> causedBy(String id) {
        return records.read(snapshot -> snapshot.causedBy(id).toList());
    }

    public List<CallRecord> ofTrace(String traceId) {
        return records.read(snapshot -> snapshot.ofTrace(traceId).toList());
    }

    public List<Count> counts(Instant from, Instant to) {
        return records.read(snapshot -> snapshot.counts(from, to));
    }

    /** The lineage of a trace or a record that must be there. */
    public Lineage lineage(String id) {
        return records.read(snapshot -> Lineage.of(snapshot, id).orElseThrow());
    }

    @Override
    public void close() {
        records.close();
        store.close();
    }
}
