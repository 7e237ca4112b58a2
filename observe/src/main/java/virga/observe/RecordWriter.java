package virga.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Scope;
import virga.observe.RecordKeys.Amount;
import virga.observe.RecordKeys.Payloads;
import virga.observe.logs.LogWriter;
import virga.store.Key;
import virga.store.Reading;
import virga.store.Store;
import virga.store.Transaction;

/** Puts batches into the store, each in one transaction, and takes out what is too old. Used by one thread. */
final class RecordWriter {
    /** At most so many records leave in one batch, so that catching up never stops the writing. */
    private static final int TRIM = 2_048;

    private static final Duration LOG_TRIM_EVERY = Duration.ofHours(1);

    /** How often it is looked whether a record is too old: that reads one, and most batches are a single record. */
    private static final Duration TRIM_EVERY = Duration.ofMinutes(1);

    private final Store store;
    private final Clock clock;
    private final Retention retention;
    private Instant logsTrimmedAt = Instant.MIN;
    private Instant trimmedAt = Instant.MIN;

    RecordWriter(Store store, Clock clock, Retention retention) {
        this.store = store;
        this.clock = clock;
        this.retention = retention;
    }

    void write(Inbox.Batch batch) {
        Instant now = clock.now();
        // A transaction keeps others out, so everything that takes time is done before it.
        List<Prepared> records = new ArrayList<>();
        Map<LogTarget, List<LogWriter.Line>> lines = new LinkedHashMap<>();
        for (Entry entry : batch.entries()) {
            switch (entry) {
                case Entry.Recorded recorded -> records.add(prepare(recorded.record()));
                case Entry.Logged logged ->
                    lines.computeIfAbsent(LogTarget.of(logged), unused -> new ArrayList<>())
                            .add(new LogWriter.Line(logged.at(), logged.message(), logged.recordId()));
            }
        }
        boolean trimLogs = logsTrimmedAt.isBefore(now.minus(LOG_TRIM_EVERY));
        boolean trimOld = trimmedAt.isBefore(now.minus(TRIM_EVERY));
        store.transact(transaction -> {
            long added =
                    records.stream().filter(record -> put(transaction, record)).count();
            long excess = add(transaction, RecordKeys.TOTAL.key(), added) - retention.records();
            lines.forEach((target, written) ->
                    new LogWriter(transaction, target.scope, now).append(target.group, target.stream, written));
            batch.counts().forEach((key, amount) -> add(transaction, key.key(), amount));
            if (trimOld || excess > 0) {
                trim(transaction, now, Math.max(0, excess));
            }
            if (trimLogs) {
                LogWriter.trim(transaction, now);
            }
            return now;
        });
        if (trimLogs) {
            logsTrimmedAt = now;
        }
        if (trimOld) {
            trimmedAt = now;
        }
    }

    private record LogTarget(Scope scope, String group, String stream) {
        static LogTarget of(Entry.Logged logged) {
            return new LogTarget(logged.scope(), logged.group(), logged.stream());
        }
    }

    private record Row(Key key, Bytes value) {}

    private record Prepared(Key byId, List<Row> rows) {}

    private static Prepared prepare(CallRecord record) {
        List<Row> rows = new ArrayList<>(8);
        rows.add(new Row(key(record), RecordKeys.RECORD_CODEC.encode(Payload.without(record))));
        if (!record.input().isEmpty() || !record.output().isEmpty()) {
            rows.add(new Row(
                    RecordKeys.PAYLOADS.key(record.startedAt(), record.id()),
                    RecordKeys.PAYLOADS_CODEC.encode(new Payloads(record.input(), record.output()))));
        }
        for (Cause cause : record.causes()) {
            rows.add(new Row(RecordKeys.BY_TRACE.key(cause.traceId(), record.startedAt(), record.id()), Bytes.EMPTY));
            if (!cause.isRoot()) {
                rows.add(new Row(
                        RecordKeys.BY_PARENT.key(cause.parentId(), record.startedAt(), record.id()), Bytes.EMPTY));
            }
        }
        return new Prepared(RecordKeys.BY_ID.key(record.id(), record.startedAt()), rows);
    }

    /** Whether it is one more: a record that is written again takes the place of itself. */
    private static boolean put(Transaction transaction, Prepared record) {
        boolean isNew = transaction.get(record.byId).isEmpty();
        if (isNew) {
            transaction.put(record.byId, Bytes.EMPTY);
        }
        record.rows.forEach(row -> transaction.put(row.key, row.value));
        return isNew;
    }

    private static void remove(Transaction transaction, CallRecord record) {
        transaction.delete(key(record));
        transaction.delete(RecordKeys.PAYLOADS.key(record.startedAt(), record.id()));
        transaction.delete(RecordKeys.BY_ID.key(record.id(), record.startedAt()));
        for (Cause cause : record.causes()) {
            transaction.delete(RecordKeys.BY_TRACE.key(cause.traceId(), record.startedAt(), record.id()));
            if (!cause.isRoot()) {
                transaction.delete(RecordKeys.BY_PARENT.key(cause.parentId(), record.startedAt(), record.id()));
            }
        }
    }

    private static Key key(CallRecord record) {
        return RecordKeys.RECORD.key(record.startedAt(), record.id());
    }

    private static long add(Transaction transaction, Key key, long amount) {
        long sum =
                transaction.get(key, RecordKeys.AMOUNT_CODEC).map(Amount::value).orElse(0L) + amount;
        transaction.put(key, new Amount(sum), RecordKeys.AMOUNT_CODEC);
        return sum;
    }

    private void trim(Transaction transaction, Instant now, long excess) {
        Instant oldest = now.minus(retention.age());
        List<CallRecord> leaving;
        try (Stream<Reading.Entry> entries = transaction.scan(RecordKeys.RECORD.range())) {
            var position = new Object() {
                long seen;
            };
            leaving = entries.limit(TRIM)
                    .map(entry -> RecordKeys.RECORD_CODEC.decode(entry.value()))
                    .takeWhile(record ->
                            position.seen++ < excess || record.startedAt().isBefore(oldest))
                    .toList();
        }
        leaving.forEach(record -> remove(transaction, record));
        if (!leaving.isEmpty()) {
            add(transaction, RecordKeys.TOTAL.key(), -leaving.size());
        }
        transaction.delete(
                RecordKeys.COUNT.range().before(RecordKeys.COUNT.range(oldest).from()));
    }
}
