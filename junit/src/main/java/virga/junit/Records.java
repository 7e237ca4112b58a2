package virga.junit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.observe.RecordFilter;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;
import virga.observe.trace.Style;
import virga.observe.trace.TraceTree;
import virga.observe.trace.TraceView;
import virga.observe.xray.TraceSummary;
import virga.store.Reading.Direction;

/** What happened in an environment since a test began to use it. */
final class Records {
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_TRACES = 200;
    private static final int WIDTH = 140;

    private final virga.observe.Records kept;
    private final Instant since;

    Records(virga.observe.Records kept, Instant since) {
        this.kept = kept;
        this.since = since;
    }

    /** Oldest first. */
    List<CallRecord> all() {
        return kept.read(snapshot ->
                snapshot.records(RecordFilter.between(since, Instant.MAX), MOST_RECORDS, Direction.FORWARD));
    }

    /** Invocations of a function, oldest first. */
    List<CallRecord> invocations(String functionName) {
        return kept
                .read(snapshot -> snapshot.records(
                        RecordFilter.between(since, Instant.MAX).kind(CallRecord.Kind.INVOCATION),
                        MOST_RECORDS,
                        Direction.FORWARD))
                .stream()
                .filter(record -> functionName(record).equals(functionName))
                .toList();
    }

    /** Oldest first; of very many the newest. */
    List<Trace> traces() {
        return kept.read(snapshot -> TraceSummary.all(snapshot, since, Instant.MAX, MOST_TRACES).stream()
                .sorted(Comparator.comparing(TraceSummary::startedAt))
                .flatMap(summary -> Lineage.of(snapshot, summary.traceId()).stream())
                .map(lineage -> new Trace(
                        lineage, TraceTree.draw(TraceView.of(lineage, PriceList.usEast1()), Style.PLAIN, WIDTH, true)))
                .toList());
    }

    /** The name of the function that an invocation's record is about. */
    static String functionName(CallRecord invocation) {
        String[] parts = Arn.parse(invocation.resources().getFirst()).resource().split(":");
        return parts[Math.min(1, parts.length - 1)];
    }
}
