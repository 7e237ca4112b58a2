package virga.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Names;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.observe.json.Json;
import virga.observe.map.Management;
import virga.observe.xray.TraceSummary;

/**
 * The newest traces, each on one line.
 *
 * @param resource the id of what they must touch; empty for all
 * @param limit at most so many
 * @param managing also calls by which clients deploy a system or look at it: a deployment asks hundreds of times how far it is
 */
record RecentTraces(String resource, int limit, boolean managing) {
    /** How many traces are looked at for those that touch a resource: a page that asks every two seconds must stay cheap. */
    private static final int MOST_SEARCHED = 500;

    List<Json> read(Snapshot records, Instant since, Names names) {
        int searched = resource.isEmpty() ? limit : MOST_SEARCHED;
        return TraceSummary.all(records, since, Instant.MAX, searched, wanted(records, since)).stream()
                .map(summary ->
                        new Row(summary, records.ofTrace(summary.traceId()).toList()))
                .filter(row -> resource.isEmpty() || row.resources().anyMatch(resource::equals))
                .limit(limit)
                .map(row -> row.json(names))
                .toList();
    }

    private Predicate<CallRecord> wanted(Snapshot records, Instant since) {
        if (managing) {
            return first -> true;
        }
        Management management = Management.of(records, since, Instant.MAX);
        return first -> !management.beganWith(first);
    }

    private record Row(TraceSummary summary, List<CallRecord> records) {
        /** The ids of all that took part, as the map has them. */
        Stream<String> resources() {
            Stream<String> touched =
                    records.stream().map(record -> Resource.of(record).id());
            boolean fromOutside =
                    records.stream().flatMap(record -> record.causes().stream()).anyMatch(Cause::isRoot);
            return (fromOutside ? Stream.concat(Stream.of(Resource.CLIENT.id()), touched) : touched).distinct();
        }

        Json json(Names names) {
            CallRecord first = records.stream()
                    .filter(record -> record.cause().isRoot())
                    .findFirst()
                    .orElse(records.getFirst());
            SequencedMap<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", summary.traceId());
            fields.put("name", first.operation());
            fields.put("kind", first.kind().name());
            fields.put("service", first.service());
            fields.put("target", names.shown(Resource.of(first)));
            fields.put("status", first.status());
            fields.put("outcome", first.outcome());
            fields.put("startedAt", summary.startedAt().toString());
            fields.put("durationMillis", summary.duration().toNanos() / 1e6);
            fields.put("responseMillis", summary.responseTime().toNanos() / 1e6);
            fields.put("fault", summary.fault());
            fields.put("error", summary.error());
            fields.put("throttle", summary.throttle());
            fields.put("partial", summary.partial());
            fields.put("records", records.size());
            fields.put("failed", records.stream().filter(CallRecord::failed).count());
            fields.put("resources", resources().toList());
            return Json.of(fields);
        }
    }
}
