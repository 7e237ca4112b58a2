package virga.observe.map;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.observe.json.Json;
import virga.observe.metrics.Latency;
import virga.observe.metrics.Traffic;
import virga.store.Reading.Direction;

/**
 * Resources and the calls between them in a range of time. What a client does to manage the system, and what follows from it, is left out:
 * the map shows the system at work and not its deployment, as X-Ray's does, which sees no such calls.
 *
 * @param nodes by id
 * @param edges by the ids of both ends
 */
public record ServiceMap(Instant from, Instant to, List<Node> nodes, List<Edge> edges) {
    /** Services by which a client manages a system, or looks at it, and of which a running system's clients have no need. */
    private static final Set<String> MANAGING =
            Set.of("apigateway", "cloudformation", "iam", "lambda", "logs", "sts", "tagging", "xray");

    /** @param traffic what came in; of a function its invocations */
    public record Node(Resource resource, Traffic traffic) {}

    /** @param traffic as the callee's records tell it */
    public record Edge(Resource from, Resource to, Traffic traffic) {}

    /** The map of what started from {@code from} (inclusive) to {@code to} (exclusive). */
    public static ServiceMap of(Snapshot records, Instant from, Instant to) {
        Drawing drawing = new Drawing(records, from, to);
        try (Stream<CallRecord> range = records.between(from, to, Direction.FORWARD)) {
            range.forEach(drawing::place);
        }
        try (Stream<CallRecord> range = records.between(from, to, Direction.FORWARD)) {
            range.forEach(drawing::add);
        }
        return drawing.map();
    }

    /** This map as JSON: durations in milliseconds. */
    public Json json() {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("nodes", nodes.stream().map(ServiceMap::json).toList());
        fields.put("edges", edges.stream().map(ServiceMap::json).toList());
        return Json.of(fields);
    }

    private static Json json(Node node) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", node.resource.id());
        fields.put("kind", node.resource.kind().name());
        fields.put("name", node.resource.name());
        put(fields, node.traffic);
        return Json.of(fields);
    }

    private static Json json(Edge edge) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", edge.from.id());
        fields.put("to", edge.to.id());
        put(fields, edge.traffic);
        return Json.of(fields);
    }

    private static void put(Map<String, Object> fields, Traffic traffic) {
        Latency latency = traffic.latency();
        fields.put("calls", traffic.calls());
        fields.put("errors", traffic.errors());
        fields.put("faults", traffic.faults());
        fields.put("throttles", traffic.throttles());
        fields.put("p50Millis", latency.p50Nanos() / 1e6);
        fields.put("p95Millis", latency.p95Nanos() / 1e6);
        fields.put("p99Millis", latency.p99Nanos() / 1e6);
    }

    private record Ends(String from, String to) implements Comparable<Ends> {
        @Override
        public int compareTo(Ends other) {
            int order = from.compareTo(other.from);
            return order != 0 ? order : to.compareTo(other.to);
        }
    }

    private static final class Drawing {
        private final Snapshot records;
        private final Instant from;
        private final Instant to;
        private final Map<String, Resource> byRecord = new HashMap<>();
        private final Set<String> management = new HashSet<>();
        private final SortedMap<String, Resource> resources = new TreeMap<>();
        private final SortedMap<String, Traffic.Sum> nodes = new TreeMap<>();
        private final SortedMap<Ends, Traffic.Sum> edges = new TreeMap<>();

        Drawing(Snapshot records, Instant from, Instant to) {
            this.records = records;
            this.from = from;
            this.to = to;
        }

        void place(CallRecord record) {
            byRecord.put(record.id(), Resource.of(record));
            if (isManagement(record)) {
                management.add(record.id());
            }
        }

        /** Whether a client manages something with it, or it follows from such a call: causes are placed before what they cause. */
        private boolean isManagement(CallRecord record) {
            if (!record.cause().isRoot()) {
                return management.contains(record.cause().parentId());
            }
            boolean invokes =
                    record.service().equals("lambda") && record.operation().startsWith("Invoke");
            return record.kind() == CallRecord.Kind.CALL && !invokes && MANAGING.contains(record.service());
        }

        void add(CallRecord record) {
            if (management.contains(record.id())) {
                return;
            }
            Resource target = Resource.of(record);
            Traffic.Sum node = node(target);
            // A function's own records tell how it fared; the calls that led to them would count everything twice.
            if (target.kind() != Resource.Kind.FUNCTION || record.kind() == CallRecord.Kind.INVOCATION) {
                node.add(record);
            }
            // A batch comes from each of its messages, but from one queue it comes once.
            record.causes().stream()
                    .map(this::source)
                    .distinct()
                    .filter(source -> !source.equals(target))
                    .forEach(source -> {
                        node(source);
                        edges.computeIfAbsent(new Ends(source.id(), target.id()), unused -> new Traffic.Sum())
                                .add(record);
                    });
        }

        ServiceMap map() {
            return new ServiceMap(
                    from,
                    to,
                    nodes.entrySet().stream()
                            .map(node -> new Node(
                                    resources.get(node.getKey()),
                                    node.getValue().traffic()))
                            .toList(),
                    edges.entrySet().stream()
                            .map(edge -> new Edge(
                                    resources.get(edge.getKey().from),
                                    resources.get(edge.getKey().to),
                                    edge.getValue().traffic()))
                            .toList());
        }

        private Traffic.Sum node(Resource resource) {
            resources.put(resource.id(), resource);
            return nodes.computeIfAbsent(resource.id(), unused -> new Traffic.Sum());
        }

        /** Where a cause lies: what its record was about. A record that is gone leaves the client as the best guess. */
        private Resource source(Cause cause) {
            if (cause.isRoot()) {
                return Resource.CLIENT;
            }
            return byRecord.computeIfAbsent(
                    cause.parentId(),
                    id -> records.attempts(id).findFirst().map(Resource::of).orElse(Resource.CLIENT));
        }
    }
}
