package virga.observe.map;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Names;
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

    /** This map as JSON: durations in milliseconds, resources as {@code names} calls them beside what their ARNs say. */
    public Json json(Names names) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("nodes", nodes.stream().map(node -> json(node, names)).toList());
        fields.put("edges", edges.stream().map(ServiceMap::json).toList());
        return Json.of(fields);
    }

    private static Json json(Node node, Names names) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", node.resource.id());
        fields.put("kind", node.resource.kind().name());
        fields.put("name", node.resource.name());
        fields.put("label", names.shown(node.resource));
        fields.put("stack", names.find(node.resource).map(Names.Name::stack).orElse(""));
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
        private final Management management = new Management();
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
            management.place(record);
        }

        void add(CallRecord record) {
            if (management.holds(record)) {
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
            management.deployedFrom().stream()
                    .filter(this::isOnlyFilledByClients)
                    .toList()
                    .forEach(this::leaveOut);
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

        private boolean isOnlyFilledByClients(String id) {
            return edges.keySet().stream()
                    .filter(ends -> ends.from.equals(id) || ends.to.equals(id))
                    .allMatch(ends -> ends.from.equals(Resource.CLIENT.id()));
        }

        /** And the client with it, where that was all it did. */
        private void leaveOut(String id) {
            nodes.remove(id);
            edges.keySet().removeIf(ends -> ends.to.equals(id));
            if (edges.keySet().stream().noneMatch(ends -> ends.from.equals(Resource.CLIENT.id()))) {
                nodes.remove(Resource.CLIENT.id());
            }
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
