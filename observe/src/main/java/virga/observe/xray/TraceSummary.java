package virga.observe.xray;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Snapshot;
import virga.observe.lineage.Lineage;
import virga.observe.metrics.Traffic;
import virga.store.Reading.Direction;

/**
 * A trace in short, as {@code GetTraceSummaries} shows it.
 *
 * @param duration from the first start to the last end
 * @param responseTime how long the outside request took
 * @param partial something of it is still running or no longer kept
 * @param method of the outside request where it came over HTTP; empty otherwise, as {@code url}
 * @param status of the outside request
 * @param services everything that took part, the entry point first
 * @param resourceArns in order
 */
public record TraceSummary(
        String traceId,
        Instant startedAt,
        Duration duration,
        Duration responseTime,
        boolean fault,
        boolean error,
        boolean throttle,
        boolean partial,
        String method,
        String url,
        int status,
        List<ServiceId> services,
        List<String> resourceArns) {
    /** A service as X-Ray names it. */
    public record ServiceId(String name, String type, String accountId) {
        static ServiceId of(CallRecord record) {
            return new ServiceId(
                    Segments.name(record),
                    Segments.origin(record),
                    record.scope().account());
        }
    }

    public TraceSummary {
        services = List.copyOf(services);
        resourceArns = List.copyOf(resourceArns);
    }

    public static TraceSummary of(Lineage lineage) {
        List<CallRecord> records = lineage.records();
        CallRecord first = lineage.roots().getFirst().record();
        boolean http = first.kind() == CallRecord.Kind.REQUEST;
        String[] route = first.operation().split(" ", 2);
        SortedSet<String> arns = new TreeSet<>();
        records.forEach(record -> arns.addAll(record.resources()));
        arns.remove("*");
        return new TraceSummary(
                lineage.traceId(),
                lineage.startedAt(),
                lineage.duration(),
                Duration.ofNanos(first.durationNanos()),
                records.stream().anyMatch(Traffic::isFault),
                records.stream().anyMatch(Traffic::isError),
                records.stream().anyMatch(Traffic::isThrottle),
                !lineage.complete(),
                http ? route[0] : "",
                http && route.length == 2 ? route[1] : "",
                first.status(),
                records.stream().map(ServiceId::of).distinct().toList(),
                new ArrayList<>(arns));
    }

    /** The traces that began from {@code from} (inclusive) to {@code to} (exclusive), newest first, at most {@code limit}. */
    public static List<TraceSummary> all(Snapshot records, Instant from, Instant to, int limit) {
        return all(records, from, to, limit, first -> true);
    }

    /** @param wanted whether to take the trace that an outside request began */
    public static List<TraceSummary> all(
            Snapshot records, Instant from, Instant to, int limit, Predicate<CallRecord> wanted) {
        List<String> traces;
        try (Stream<CallRecord> range = records.between(from, to, Direction.BACKWARD)) {
            traces = range.filter(record -> record.causes().stream().anyMatch(Cause::isRoot))
                    .filter(wanted)
                    .map(record -> record.cause().traceId())
                    .distinct()
                    .limit(limit)
                    .toList();
        }
        return traces.stream()
                .flatMap(trace -> Lineage.of(records, trace).stream())
                .map(TraceSummary::of)
                .sorted(Comparator.comparing(TraceSummary::startedAt).reversed())
                .toList();
    }
}
