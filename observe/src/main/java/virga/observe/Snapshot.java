package virga.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Scope;
import virga.observe.RecordKeys.Payloads;
import virga.observe.logs.LogEvent;
import virga.observe.logs.LogReader;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.KeySpace;
import virga.store.Reading;
import virga.store.Reading.Direction;

/** The records of an environment at one moment. Records come without input and output unless it says otherwise. */
public final class Snapshot {
    private final Reading reading;

    /** @param reading of the environment's store, or of a fork of it */
    public Snapshot(Reading reading) {
        this.reading = reading;
    }

    /** The record {@code id}, complete; of several attempts the last. */
    public Optional<CallRecord> find(String id) {
        return attempts(id).reduce((earlier, later) -> later).map(this::complete);
    }

    /** Every record with this id, in order of start: more than one where an event was tried again under its request id. */
    public Stream<CallRecord> attempts(String id) {
        return listed(RecordKeys.BY_ID, RecordKeys.BY_ID.range(id), 1, 0);
    }

    /** What the record {@code id} brought about directly, in order of start. */
    public Stream<CallRecord> causedBy(String id) {
        return listed(RecordKeys.BY_PARENT, RecordKeys.BY_PARENT.range(id), 1, 2);
    }

    /** Every record that names the lineage {@code traceId} among its causes, in order of start. */
    public Stream<CallRecord> ofTrace(String traceId) {
        return listed(RecordKeys.BY_TRACE, RecordKeys.BY_TRACE.range(traceId), 1, 2);
    }

    /**
     * The records that {@code filter} lets through, complete.
     *
     * @param limit at most so many
     * @param direction oldest first or newest first
     */
    public List<CallRecord> records(RecordFilter filter, int limit, Direction direction) {
        try (Stream<CallRecord> records = between(filter.from(), filter.to(), direction)) {
            return records.filter(filter::matches)
                    .limit(limit)
                    .map(this::complete)
                    .toList();
        }
    }

    /** The records that started from {@code from} (inclusive) to {@code to} (exclusive), read lazily: close the stream. */
    public Stream<CallRecord> between(Instant from, Instant to, Direction direction) {
        KeyRange range = new KeyRange(
                RecordKeys.RECORD.range(from).from(),
                RecordKeys.RECORD.range(to).from());
        return reading.scan(range, direction).map(entry -> RecordKeys.RECORD_CODEC.decode(entry.value()));
    }

    /** {@code record} with the input and output that were kept of it. */
    public CallRecord complete(CallRecord record) {
        return reading.get(RecordKeys.PAYLOADS.key(record.startedAt(), record.id()), RecordKeys.PAYLOADS_CODEC)
                .map((Payloads kept) -> Payload.replace(record, kept.input(), kept.output(), record.details()))
                .orElse(record);
    }

    /** How many records there are. */
    public long total() {
        return reading.get(RecordKeys.TOTAL.key(), RecordKeys.AMOUNT_CODEC)
                .map(RecordKeys.Amount::value)
                .orElse(0L);
    }

    /** Calls that were counted without a record, in the minutes from {@code from} (inclusive) to {@code to} (exclusive). */
    public List<Count> counts(Instant from, Instant to) {
        KeyRange range = new KeyRange(
                RecordKeys.COUNT.range(from).from(), RecordKeys.COUNT.range(to).from());
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            return entries.map(Snapshot::count).toList();
        }
    }

    /** The lines that the invocation {@code recordId} wrote, in order. */
    public List<LogEvent> logs(String recordId) {
        return LogReader.ofRecord(reading, recordId);
    }

    /** The log groups of an account and region. */
    public LogReader logs(Scope scope) {
        return new LogReader(reading, scope);
    }

    /** The billable bytes of events that happened in a range of time, by log group; of every account and region. */
    public SortedMap<String, Long> logBytes(Instant from, Instant to) {
        return LogReader.bytes(reading, from, to);
    }

    private static Count count(Reading.Entry entry) {
        CountKey key = CountKey.of(entry.key());
        long calls = RecordKeys.AMOUNT_CODEC.decode(entry.value()).value();
        return new Count(
                key.minute(), key.account(), key.region(), key.service(), key.operation(), key.outcome(), calls);
    }

    /** Follows an index, whose keys hold the start at {@code time} and the id at {@code id}. */
    private Stream<CallRecord> listed(KeySpace index, KeyRange range, int time, int id) {
        List<Key> keys;
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            keys = entries.map(Reading.Entry::key).toList();
        }
        return keys.stream()
                .map(key -> RecordKeys.RECORD.key(index.time(key, time), index.text(key, id)))
                .map(key -> reading.get(key, RecordKeys.RECORD_CODEC))
                .flatMap(Optional::stream);
    }
}
