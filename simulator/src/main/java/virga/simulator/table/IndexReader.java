package virga.simulator.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.DynamoDb;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/**
 * Queries of the table's index, in which each write moves its item. What they see may be old, but it must have been there; in the end
 * the index has what the table has.
 */
final class IndexReader {
    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Map<String, Set<String>> seen = new TreeMap<>();

    IndexReader(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
    }

    /** The versions by key that one group of the index has; empty where the cloud was killed meanwhile. */
    Optional<Map<String, String>> query(String group) {
        return switch (cloud.call(DynamoDb.QUERY, TableRequests.group(group))) {
            case Reply.Answered<virga.model.dynamodb.QueryOutput>(var output) ->
                Optional.of(group(group, output.items()));
            case Reply.Refused<virga.model.dynamodb.QueryOutput>(Fault fault) -> {
                simulation.fail("a read is answered", "query of " + group + ": " + fault);
                yield Optional.empty();
            }
            case Reply.Lost<virga.model.dynamodb.QueryOutput> lost -> Optional.empty();
        };
    }

    private Map<String, String> group(String group, List<Map<String, AttributeValue>> items) {
        Map<String, String> found = new TreeMap<>();
        List<String> versions = new ArrayList<>();
        for (Map<String, AttributeValue> item : items) {
            String key = TableRequests.keyOf(item);
            String version = TableRequests.version(item);
            versions.add(version);
            seen.computeIfAbsent(key, unused -> new HashSet<>()).add(version);
            if (!TableRequests.groupOf(version).equals(group)) {
                simulation.fail("an index has an item in its place", key + " as " + version + " is in " + group);
            }
            if (found.put(key, version) != null) {
                simulation.fail("an index has an item once", key + " is twice in " + group);
            }
        }
        if (!versions.equals(versions.stream().sorted().toList())) {
            simulation.fail("an index is in order", group + ": " + versions);
        }
        return found;
    }

    /** What the index has in the end must be what the table has. @param table the version of each item */
    void end(Map<String, String> table) {
        Map<String, String> indexed = new TreeMap<>();
        for (String group : TableRequests.GROUPS) {
            Optional<Map<String, String>> found = query(group);
            while (found.isEmpty()) {
                cloud.sleep(Duration.ofSeconds(1));
                found = query(group);
            }
            indexed.putAll(found.get());
        }
        Map<String, String> there = new TreeMap<>(table);
        there.values().removeIf(TableLedger.ABSENT::equals);
        if (!indexed.equals(there)) {
            simulation.fail("the index adds up to the table", "index " + indexed + ", table " + there);
        }
    }

    /** What was seen must have been there. */
    void check(Map<String, List<TableLedger.Step>> stream) {
        seen.forEach((key, versions) -> {
            for (String version : versions.stream().sorted().toList()) {
                if (stream.getOrDefault(key, List.of()).stream()
                        .noneMatch(step -> step.after().equals(version))) {
                    simulation.fail("an index shows what was there", key + " as " + version);
                }
            }
        });
    }
}
