package virga.observe.lineage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Snapshot;
import virga.observe.logs.LogEvent;

/** Grows a tree from its roots along the index of parents. Each record is followed once, so that cycles end. */
final class LineageBuilder {
    /** A loop of functions can go on for ever; a tree for people can not. */
    static final int MOST_RECORDS = 10_000;

    static final int DEEPEST = 400;

    private final Snapshot records;
    private final Set<Place> followed = new HashSet<>();
    private final SortedSet<String> unwritten = new TreeSet<>();
    private boolean truncated;

    private LineageBuilder(Snapshot records) {
        this.records = records;
    }

    /** A record's identity: one id may have several attempts. */
    private record Place(Instant startedAt, String id) {
        static Place of(CallRecord record) {
            return new Place(record.startedAt(), record.id());
        }
    }

    static Optional<Lineage> whole(Snapshot records, String traceId) {
        List<CallRecord> members =
                records.ofTrace(traceId).limit(MOST_RECORDS + 1L).toList();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        LineageBuilder builder = new LineageBuilder(records);
        List<LineageNode> roots = new ArrayList<>();
        for (CallRecord member : members) {
            if (builder.beginsIn(member, traceId)) {
                roots.add(builder.grow(member, 0));
            }
        }
        // What no root leads to names each other in a circle: begin with the earliest.
        for (CallRecord member : members) {
            if (!builder.followed.contains(Place.of(member)) && !builder.full()) {
                roots.add(builder.grow(member, 0));
            }
        }
        builder.truncated |= members.size() > MOST_RECORDS;
        return Optional.of(new Lineage(traceId, roots, builder.unwritten, builder.truncated));
    }

    static Optional<Lineage> from(Snapshot records, String recordId) {
        List<CallRecord> attempts = records.attempts(recordId).toList();
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        LineageBuilder builder = new LineageBuilder(records);
        List<LineageNode> roots = new ArrayList<>();
        for (CallRecord attempt : attempts) {
            roots.add(builder.grow(attempt, 0));
        }
        String traceId = attempts.getFirst().cause().traceId();
        return Optional.of(new Lineage(traceId, roots, builder.unwritten, builder.truncated));
    }

    /** Whether nothing that is kept brought {@code record} about in this lineage. */
    private boolean beginsIn(CallRecord record, String traceId) {
        boolean begins = true;
        for (Cause cause : record.causes()) {
            if (cause.isRoot() || !cause.traceId().equals(traceId)) {
                continue;
            }
            if (records.attempts(cause.parentId()).findAny().isPresent()) {
                begins = false;
            } else {
                unwritten.add(cause.parentId());
            }
        }
        return begins;
    }

    private boolean full() {
        if (followed.size() >= MOST_RECORDS) {
            truncated = true;
        }
        return truncated;
    }

    private LineageNode grow(CallRecord record, int depth) {
        if (!followed.add(Place.of(record))) {
            return new LineageNode(record, true, List.of(), List.of());
        }
        boolean function = record.kind() == CallRecord.Kind.INVOCATION;
        List<LogEvent> logs = function ? logs(record) : List.of();
        // What a failed function answered says why it failed.
        CallRecord shown = function && record.failed() ? records.complete(record) : record;
        List<LineageNode> children = new ArrayList<>();
        if (depth == DEEPEST) {
            truncated = true;
            return new LineageNode(shown, false, logs, children);
        }
        for (CallRecord child : children(record)) {
            if (full()) {
                break;
            }
            children.add(grow(child, depth + 1));
        }
        return new LineageNode(shown, false, logs, children);
    }

    /** What this attempt, rather than another under the same id, brought about: what began since it and before the next. */
    private List<CallRecord> children(CallRecord record) {
        Window window = window(record);
        return records.causedBy(record.id())
                .filter(child -> window.holds(child.startedAt()))
                .toList();
    }

    private List<LogEvent> logs(CallRecord record) {
        Window window = window(record).toMillis();
        return records.logs(record.id()).stream()
                .filter(line -> window.holds(line.at()))
                .toList();
    }

    private record Window(Instant from, Instant to) {
        /** As log events keep their time. */
        Window toMillis() {
            return new Window(millis(from), millis(to));
        }

        private static Instant millis(Instant time) {
            return time.equals(Instant.MIN) || time.equals(Instant.MAX) ? time : time.truncatedTo(ChronoUnit.MILLIS);
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    private Window window(CallRecord record) {
        List<Instant> starts =
                records.attempts(record.id()).map(CallRecord::startedAt).toList();
        int place = starts.indexOf(record.startedAt());
        // The first attempt also takes what clocks place before it.
        Instant from = place == 0 ? Instant.MIN : record.startedAt();
        Instant to = place + 1 < starts.size() ? starts.get(place + 1) : Instant.MAX;
        return new Window(from, to);
    }
}
