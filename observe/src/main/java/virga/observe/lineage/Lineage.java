package virga.observe.lineage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import virga.kernel.CallRecord;
import virga.observe.Snapshot;

/**
 * Everything that one outside request brought about.
 *
 * @param roots normally one, the outside request; more where its record is gone, not yet written, or where records only name each other
 * @param unwritten ids that records name as their cause and of which nothing is kept: what is still running, or was trimmed
 * @param truncated the lineage is larger than a tree can be, and is cut
 */
public record Lineage(String traceId, List<LineageNode> roots, SortedSet<String> unwritten, boolean truncated) {
    public Lineage {
        roots = List.copyOf(roots);
        unwritten = Collections.unmodifiableSortedSet(new TreeSet<>(unwritten));
    }

    /**
     * The lineage of a trace, or the one that a record belongs to by its principal cause.
     *
     * @param id a trace id or a record's id
     * @return empty where nothing is kept of it
     */
    public static Optional<Lineage> of(Snapshot records, String id) {
        Optional<Lineage> whole = LineageBuilder.whole(records, id);
        return whole.isPresent()
                ? whole
                : records.find(id)
                        .flatMap(record ->
                                LineageBuilder.whole(records, record.cause().traceId()));
    }

    /** What followed from one record, which is the root. */
    public static Optional<Lineage> from(Snapshot records, String recordId) {
        return LineageBuilder.from(records, recordId);
    }

    /** Every record once, in the order of the tree. */
    public List<CallRecord> records() {
        List<CallRecord> found = new ArrayList<>();
        forEach(node -> {
            if (!node.repeated()) {
                found.add(node.record());
            }
        });
        return found;
    }

    /** Every node, parents before their children. */
    public void forEach(Consumer<LineageNode> visitor) {
        roots.forEach(root -> visit(root, visitor));
    }

    public Instant startedAt() {
        return records().stream()
                .map(CallRecord::startedAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** When the last known record ended. */
    public Instant lastActivity() {
        return records().stream()
                .map(record -> record.startedAt().plusNanos(record.durationNanos()))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** From the first start to the last activity. */
    public Duration duration() {
        return Duration.between(startedAt(), lastActivity());
    }

    /** Whether every cause that is named has its record. That messages still wait in queues can not be seen from here. */
    public boolean complete() {
        return unwritten.isEmpty() && !truncated;
    }

    public boolean failed() {
        return records().stream().anyMatch(CallRecord::failed);
    }

    private static void visit(LineageNode node, Consumer<LineageNode> visitor) {
        visitor.accept(node);
        node.children().forEach(child -> visit(child, visitor));
    }
}
