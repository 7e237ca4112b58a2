package virga.observe.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.Scope;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.Reading.Direction;

/** The log groups of one account and region, on the caller's snapshot or transaction. */
public final class LogReader {
    private static final String NO_TOKEN = "";

    private final Reading reading;
    private final String account;
    private final String region;

    public LogReader(Reading reading, Scope scope) {
        this.reading = reading;
        this.account = scope.account();
        this.region = scope.region();
    }

    public Optional<LogGroup> group(String name) {
        return reading.get(LogKeys.GROUP.key(account, region, name), LogKeys.GROUP_CODEC);
    }

    /** @throws virga.kernel.Fault {@code ResourceNotFoundException} */
    public LogGroup requireGroup(String name) {
        return group(name).orElseThrow(LogFaults::noGroup);
    }

    /** All groups, by name. */
    public List<LogGroup> groups() {
        return values(LogKeys.GROUP.range(account, region))
                .map(LogKeys.GROUP_CODEC::decode)
                .toList();
    }

    public Optional<LogStream> stream(String group, String name) {
        return reading.get(LogKeys.STREAM.key(account, region, group, name), LogKeys.STREAM_CODEC);
    }

    /** @throws virga.kernel.Fault {@code ResourceNotFoundException} */
    public LogStream requireStream(String group, String name) {
        requireGroup(group);
        return stream(group, name).orElseThrow(LogFaults::noStream);
    }

    /** The streams of a group, by name. */
    public List<LogStream> streams(String group) {
        return values(LogKeys.STREAM.range(account, region, group))
                .map(LogKeys.STREAM_CODEC::decode)
                .toList();
    }

    /**
     * A page of one stream.
     *
     * @param events in order of time
     * @param forwardToken reads on after the last event
     * @param backwardToken reads on before the first
     */
    public record Page(List<LogEvent> events, String forwardToken, String backwardToken) {}

    /**
     * What {@code GetLogEvents} asks.
     *
     * @param from inclusive
     * @param to exclusive
     * @param limit at most so many events
     * @param fromHead without a token: the earliest events rather than the latest
     * @param token of an earlier page, or empty
     */
    public record PageRequest(Instant from, Instant to, int limit, boolean fromHead, String token) {}

    /**
     * As {@code GetLogEvents}: a page, and where to go on. At either end the token is the one that was given.
     *
     * @throws virga.kernel.Fault {@code ResourceNotFoundException}, {@code InvalidParameterException} for a foreign token
     */
    public Page page(String group, String stream, PageRequest asked) {
        requireStream(group, stream);
        KeyRange range = new KeyRange(
                LogKeys.BY_STREAM
                        .range(account, region, group, stream, asked.from)
                        .from(),
                LogKeys.BY_STREAM
                        .range(account, region, group, stream, asked.to)
                        .from());
        boolean forward = asked.token.isEmpty() ? asked.fromHead : asked.token.startsWith("f");
        LogPosition start = new LogPosition(asked.from.isBefore(Instant.EPOCH) ? Instant.EPOCH : asked.from, 0);
        if (!asked.token.isEmpty()) {
            start = LogPosition.parse(asked.token);
            Key at = LogKeys.BY_STREAM.key(account, region, group, stream, start.at(), start.number());
            range = forward ? later(range, at) : earlier(range, at);
        }
        List<LogEvent> events = new ArrayList<>();
        try (Stream<Reading.Entry> entries = reading.scan(range, forward ? Direction.FORWARD : Direction.BACKWARD)) {
            entries.limit(asked.limit).map(entry -> byStream(entry.key())).forEach(events::add);
        }
        if (!forward) {
            Collections.reverse(events);
        }
        if (events.isEmpty()) {
            return new Page(List.of(), start.token('f'), start.token('b'));
        }
        return new Page(
                events,
                after(events.getLast()).token('f'),
                before(events.getFirst()).token('b'));
    }

    /**
     * A page of several streams.
     *
     * @param events in order of time
     * @param next reads on behind the last event; empty at the end
     */
    public record Filtered(List<LogEvent> events, String next) {}

    /**
     * What {@code FilterLogEvents} asks. Empty {@code streams} and {@code prefix} mean every stream.
     *
     * @param from inclusive
     * @param to exclusive
     * @param next of an earlier page, or empty
     */
    public record Search(
            Instant from,
            Instant to,
            SortedSet<String> streams,
            String prefix,
            FilterPattern pattern,
            int limit,
            String next) {
        boolean covers(String stream) {
            return (streams.isEmpty() || streams.contains(stream)) && stream.startsWith(prefix);
        }
    }

    /** As {@code FilterLogEvents}: the events of a group that match, over its streams. @throws virga.kernel.Fault as {@link #page} */
    public Filtered filter(String group, Search search) {
        requireGroup(group);
        for (String stream : search.streams) {
            requireStream(group, stream);
        }
        KeyRange range = new KeyRange(
                LogKeys.EVENT.range(account, region, group, search.from).from(),
                LogKeys.EVENT.range(account, region, group, search.to).from());
        if (!search.next.equals(NO_TOKEN)) {
            range = later(range, FilterToken.parse(search.next).key(account, region, group));
        }
        List<LogEvent> found = new ArrayList<>();
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            entries.filter(entry -> search.covers(LogKeys.EVENT.text(entry.key(), 4)))
                    .map(LogReader::event)
                    .filter(event -> search.pattern.matches(event.message()))
                    .limit(search.limit + 1L)
                    .forEach(found::add);
        }
        if (found.size() <= search.limit) {
            return new Filtered(found, NO_TOKEN);
        }
        List<LogEvent> page = found.subList(0, search.limit);
        return new Filtered(page, FilterToken.behind(page.getLast()).text());
    }

    /** Every event of a group from {@code from} (inclusive) to {@code to} (exclusive), in order of time, lazily: close the stream. */
    public Stream<LogEvent> events(String group, Instant from, Instant to) {
        KeyRange range = new KeyRange(
                LogKeys.EVENT.range(account, region, group, from).from(),
                LogKeys.EVENT.range(account, region, group, to).from());
        return reading.scan(range).map(LogReader::event);
    }

    /** The lines that one invocation wrote, in order. */
    public static List<LogEvent> ofRecord(Reading reading, String recordId) {
        List<Key> pointers;
        try (Stream<Reading.Entry> entries = reading.scan(LogKeys.BY_RECORD.range(recordId))) {
            pointers = entries.map(Reading.Entry::key).toList();
        }
        return pointers.stream()
                .map(LogKeys.BY_RECORD::decode)
                .map(parts -> LogKeys.EVENT.key(
                        parts.get(3), parts.get(4), parts.get(5), parts.get(1), parts.get(6), parts.get(2)))
                .flatMap(key -> reading.get(key).map(value -> event(new Reading.Entry(key, value))).stream())
                .toList();
    }

    /** The billable bytes of events that happened in a range of time, by group; of every account and region. */
    public static SortedMap<String, Long> bytes(Reading reading, Instant from, Instant to) {
        List<Key> groups;
        try (Stream<Reading.Entry> entries = reading.scan(LogKeys.GROUP.range())) {
            groups = entries.map(Reading.Entry::key).toList();
        }
        SortedMap<String, Long> bytes = new TreeMap<>();
        for (Key key : groups) {
            Scope scope = new Scope("", LogKeys.GROUP.text(key, 0), LogKeys.GROUP.text(key, 1));
            String group = LogKeys.GROUP.text(key, 2);
            try (Stream<LogEvent> events = new LogReader(reading, scope).events(group, from, to)) {
                bytes.merge(group, events.mapToLong(LogEvent::bytes).sum(), Long::sum);
            }
        }
        return bytes;
    }

    List<LogEvent> all(String group, String stream) {
        List<Key> pointers;
        try (Stream<Reading.Entry> entries = reading.scan(LogKeys.BY_STREAM.range(account, region, group, stream))) {
            pointers = entries.map(Reading.Entry::key).toList();
        }
        return pointers.stream().map(this::byStream).toList();
    }

    List<LogEvent> before(String group, Instant end, int limit) {
        try (Stream<LogEvent> events = events(group, Instant.MIN, end)) {
            return events.limit(limit).toList();
        }
    }

    static LogEvent event(Reading.Entry entry) {
        List<Object> parts = LogKeys.EVENT.decode(entry.key());
        LogKeys.Kept kept = LogKeys.EVENT_CODEC.decode(entry.value());
        return new LogEvent(
                (String) parts.get(2),
                (String) parts.get(4),
                (Long) parts.get(5),
                (Instant) parts.get(3),
                kept.ingestedAt(),
                kept.message(),
                kept.recordId());
    }

    private LogEvent byStream(Key pointer) {
        List<Object> parts = LogKeys.BY_STREAM.decode(pointer);
        Key key = LogKeys.EVENT.key(account, region, parts.get(2), parts.get(4), parts.get(3), parts.get(5));
        return event(
                new Reading.Entry(key, reading.get(key).orElseThrow(() -> new virga.kernel.Bug("no event at " + key))));
    }

    private Stream<virga.kernel.Bytes> values(KeyRange range) {
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            return entries.map(Reading.Entry::value).toList().stream();
        }
    }

    /** A forward token names the first place behind its event; a backward one the event itself, which it excludes. */
    private static LogPosition after(LogEvent event) {
        return new LogPosition(event.at(), event.number() + 1);
    }

    private static LogPosition before(LogEvent event) {
        return new LogPosition(event.at(), event.number());
    }

    private static KeyRange later(KeyRange range, Key start) {
        return start.compareTo(range.from()) > 0 ? range.startingAt(start) : range;
    }

    private static KeyRange earlier(KeyRange range, Key end) {
        return end.compareTo(range.to()) < 0 ? range.before(end) : range;
    }
}
