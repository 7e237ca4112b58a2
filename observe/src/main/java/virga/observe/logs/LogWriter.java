package virga.observe.logs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import virga.kernel.Bytes;
import virga.kernel.Scope;
import virga.observe.logs.LogKeys.Kept;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.Transaction;

/** Changes the log groups of one account and region, inside the caller's transaction. */
public final class LogWriter {
    /** At most so many expired events leave in one transaction. */
    private static final int TRIM = 10_000;

    private final Transaction transaction;
    private final LogReader reader;
    private final String account;
    private final String region;
    private final Instant now;

    /** @param now the environment's time: creation and ingestion times, and what is too old */
    public LogWriter(Transaction transaction, Scope scope, Instant now) {
        this.transaction = transaction;
        this.reader = new LogReader(transaction, scope);
        this.account = scope.account();
        this.region = scope.region();
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** One event to put. {@code recordId} is the invocation that wrote it, or empty. */
    public record Line(Instant at, String message, String recordId) {}

    /**
     * Which events of a batch were not kept: as {@code rejectedLogEventsInfo}, by index, -1 for none.
     *
     * @param tooOldEnd the first event that is not older than 14 days
     * @param expiredEnd the first event that the group's retention has not expired
     * @param tooNewStart the first event more than two hours ahead
     */
    public record Rejected(int tooOldEnd, int expiredEnd, int tooNewStart) {
        public static final Rejected NONE = new Rejected(-1, -1, -1);
    }

    /** @throws virga.kernel.Fault {@code ResourceAlreadyExistsException} */
    public LogGroup createGroup(String name, SortedMap<String, String> properties) {
        if (reader.group(name).isPresent()) {
            throw LogFaults.groupExists();
        }
        LogGroup group = new LogGroup(name, now, 0, 0, properties);
        put(group);
        return group;
    }

    /** Replaces a group's further properties. @throws virga.kernel.Fault {@code ResourceNotFoundException} */
    public void changeProperties(String name, SortedMap<String, String> properties) {
        put(reader.requireGroup(name).withProperties(properties));
    }

    /**
     * @param days one of {@link LogLimits#RETENTION_DAYS}, or 0 to keep events for ever
     * @throws virga.kernel.Fault {@code ResourceNotFoundException}, {@code InvalidParameterException}
     */
    public void retain(String name, int days) {
        LogGroup group = reader.requireGroup(name);
        if (days != 0 && !LogLimits.RETENTION_DAYS.contains(days)) {
            throw LogFaults.invalid("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + LogLimits.RETENTION_DAYS);
        }
        put(group.withRetention(days));
    }

    /** Deletes a group with its streams and events. @throws virga.kernel.Fault {@code ResourceNotFoundException} */
    public void deleteGroup(String name) {
        reader.requireGroup(name);
        deletePointers(LogKeys.EVENT.range(account, region, name));
        transaction.delete(LogKeys.EVENT.range(account, region, name));
        transaction.delete(LogKeys.BY_STREAM.range(account, region, name));
        transaction.delete(LogKeys.STREAM.range(account, region, name));
        transaction.delete(LogKeys.GROUP.key(account, region, name));
    }

    /** @throws virga.kernel.Fault {@code ResourceNotFoundException}, {@code ResourceAlreadyExistsException} */
    public LogStream createStream(String group, String name) {
        reader.requireGroup(group);
        if (reader.stream(group, name).isPresent()) {
            throw LogFaults.streamExists();
        }
        LogStream stream = LogStream.empty(group, name, now);
        put(stream);
        return stream;
    }

    /** Deletes a stream with its events. @throws virga.kernel.Fault {@code ResourceNotFoundException} */
    public void deleteStream(String group, String name) {
        reader.requireStream(group, name);
        List<LogEvent> events = reader.all(group, name);
        long bytes = 0;
        for (LogEvent event : events) {
            delete(event);
            bytes += event.bytes();
        }
        put(reader.requireGroup(group).withStored(-bytes));
        transaction.delete(LogKeys.STREAM.key(account, region, group, name));
    }

    /**
     * As {@code PutLogEvents}: refuses what AWS refuses, and passes over events that are too old, expired or too new.
     *
     * @throws virga.kernel.Fault {@code ResourceNotFoundException}, {@code InvalidParameterException}
     */
    public Rejected put(String group, String stream, List<Line> lines, LogLimits limits) {
        LogGroup kept = reader.requireGroup(group);
        reader.requireStream(group, stream);
        check(lines, limits);
        Instant oldest = now.minus(limits.oldest());
        Instant expired = kept.retentionDays() == 0 ? Instant.MIN : now.minus(Duration.ofDays(kept.retentionDays()));
        Instant newest = now.plus(limits.newest());
        int tooOld =
                (int) lines.stream().filter(line -> line.at.isBefore(oldest)).count();
        int outlived =
                (int) lines.stream().filter(line -> line.at.isBefore(expired)).count();
        int tooNew =
                (int) lines.stream().filter(line -> line.at.isAfter(newest)).count();
        List<Line> good =
                lines.subList(Math.min(Math.max(tooOld, outlived), lines.size() - tooNew), lines.size() - tooNew);
        checkSpan(good, limits);
        append(group, stream, good);
        return new Rejected(
                tooOld == 0 ? -1 : tooOld, outlived == 0 ? -1 : outlived, tooNew == 0 ? -1 : lines.size() - tooNew);
    }

    /** Adds events in the order given, whatever their times; makes the group and the stream where they are missing. */
    public void append(String group, String stream, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LogGroup owner = reader.group(group)
                .orElseGet(() -> new LogGroup(group, now, 0, 0, java.util.Collections.emptySortedMap()));
        LogStream target = reader.stream(group, stream).orElseGet(() -> LogStream.empty(group, stream, now));
        long bytes = 0;
        for (Line line : lines) {
            Instant at = line.at.truncatedTo(ChronoUnit.MILLIS);
            long number = target.events();
            transaction.put(
                    LogKeys.EVENT.key(account, region, group, at, stream, number),
                    new Kept(line.message, now, line.recordId),
                    LogKeys.EVENT_CODEC);
            transaction.put(LogKeys.BY_STREAM.key(account, region, group, stream, at, number), Bytes.EMPTY);
            if (!line.recordId.isEmpty()) {
                transaction.put(byRecord(line.recordId, at, number, group, stream), Bytes.EMPTY);
            }
            bytes += LogEvent.bytes(line.message);
            target = target.with(at, now);
        }
        put(target);
        put(owner.withStored(bytes));
    }

    /** Deletes what the retention of its group has expired, of every account and region; some of it, where it is much. */
    public static void trim(Transaction transaction, Instant now) {
        List<Key> groups;
        try (Stream<Reading.Entry> entries = transaction.scan(LogKeys.GROUP.range())) {
            groups = entries.map(Reading.Entry::key).toList();
        }
        for (Key key : groups) {
            Scope scope = new Scope("", LogKeys.GROUP.text(key, 0), LogKeys.GROUP.text(key, 1));
            new LogWriter(transaction, scope, now).expire(LogKeys.GROUP.text(key, 2));
        }
    }

    private void expire(String name) {
        LogGroup group = reader.requireGroup(name);
        if (group.retentionDays() == 0) {
            return;
        }
        Instant oldest = now.minus(Duration.ofDays(group.retentionDays()));
        List<LogEvent> expired = reader.before(name, oldest, TRIM);
        long bytes = 0;
        for (LogEvent event : expired) {
            delete(event);
            bytes += event.bytes();
        }
        if (!expired.isEmpty()) {
            put(group.withStored(-bytes));
        }
    }

    private void check(List<Line> lines, LogLimits limits) {
        if (lines.isEmpty() || lines.size() > limits.batchEvents()) {
            throw LogFaults.invalid("A batch has 1 to " + limits.batchEvents() + " log events, not " + lines.size());
        }
        long total = 0;
        Line before = lines.getFirst();
        for (Line line : lines) {
            long bytes = LogEvent.bytes(line.message);
            if (bytes > limits.eventBytes()) {
                throw LogFaults.invalid(
                        "Log event too large: " + bytes + " bytes exceeds limit of " + limits.eventBytes());
            }
            if (line.at.isBefore(before.at)) {
                throw LogFaults.invalid("Log events in a single PutLogEvents request must be in chronological order.");
            }
            total += bytes;
            before = line;
        }
        if (total > limits.batchBytes()) {
            throw LogFaults.invalid("Upload too large: " + total + " bytes exceeds limit of " + limits.batchBytes());
        }
    }

    /** Only of those that are kept: events that are rejected alone do not count. */
    private static void checkSpan(List<Line> good, LogLimits limits) {
        if (good.isEmpty()) {
            return;
        }
        Duration span = Duration.between(good.getFirst().at, good.getLast().at);
        if (span.compareTo(limits.span()) > 0) {
            throw LogFaults.invalid(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    private void put(LogGroup group) {
        transaction.put(LogKeys.GROUP.key(account, region, group.name()), group, LogKeys.GROUP_CODEC);
    }

    private void put(LogStream stream) {
        transaction.put(
                LogKeys.STREAM.key(account, region, stream.group(), stream.name()), stream, LogKeys.STREAM_CODEC);
    }

    private void delete(LogEvent event) {
        transaction.delete(
                LogKeys.EVENT.key(account, region, event.group(), event.at(), event.stream(), event.number()));
        transaction.delete(
                LogKeys.BY_STREAM.key(account, region, event.group(), event.stream(), event.at(), event.number()));
        if (!event.recordId().isEmpty()) {
            transaction.delete(byRecord(event.recordId(), event.at(), event.number(), event.group(), event.stream()));
        }
    }

    private void deletePointers(KeyRange events) {
        List<LogEvent> written = new ArrayList<>();
        try (Stream<Reading.Entry> entries = transaction.scan(events)) {
            entries.map(LogReader::event)
                    .filter(event -> !event.recordId().isEmpty())
                    .forEach(written::add);
        }
        for (LogEvent event : written) {
            transaction.delete(byRecord(event.recordId(), event.at(), event.number(), event.group(), event.stream()));
        }
    }

    private Key byRecord(String recordId, Instant at, long number, String group, String stream) {
        return LogKeys.BY_RECORD.key(recordId, at, number, account, region, group, stream);
    }
}
