package virga.observe.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Chance;
import virga.kernel.system.SeededChance;
import virga.observe.Sample;
import virga.observe.TestingRecords;
import virga.observe.cost.Cost;
import virga.observe.cost.PriceList;
import virga.observe.json.Json;
import virga.observe.map.ServiceMap;
import virga.observe.trace.Style;
import virga.observe.trace.TraceTree;
import virga.observe.trace.TraceView;
import virga.observe.xray.Segments;

/** What holds for every lineage: batches, cycles, missing parents, repeated ids and all. A failing seed names itself. */
final class RandomLineagesTest {
    private static final int SEEDS = 60;
    private static final PriceList PRICES = PriceList.usEast1();

    @TestFactory
    Stream<DynamicTest> anyLineageIsReadWholeAndOnce() {
        return LongStream.range(0, SEEDS).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(seed)));
    }

    private static void check(long seed) {
        List<CallRecord> records = random(new SeededChance(seed));
        List<CallRecord> shuffled = new ArrayList<>(records);
        shuffle(shuffled, new SeededChance(seed + 1));
        try (TestingRecords testing = TestingRecords.of(shuffled.toArray(CallRecord[]::new))) {
            Lineage lineage = testing.lineage(Sample.TRACE);
            Set<String> members = names(records);
            assertThat(names(lineage.records()))
                    .as("every record of the trace is in its tree")
                    .isEqualTo(members);
            assertThat(lineage.records()).as("each once").hasSize(members.size());
            lineage.forEach(node -> node.children()
                    .forEach(child -> assertThat(child.record().causes())
                            .as("a child names its parent")
                            .anyMatch(cause ->
                                    cause.parentId().equals(node.record().id()))));
            lineage.forEach(node ->
                    assertThat(node.repeated() ? node.children() : List.of()).isEmpty());

            TraceView view = TraceView.of(lineage, PRICES);
            Cost each = Cost.sum(lineage.records().stream()
                    .map(record -> Cost.of(record, PRICES))
                    .toList());
            assertThat(view.total()).as("the whole costs what its parts cost").isEqualTo(each);
            int width = 40 + (int) (seed % 160);
            assertThat(TraceTree.draw(view, Style.PLAIN, width, true).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
            assertThat(Json.parse(view.json().text())).as("JSON reads back").contains(view.json());

            long placed = Segments.of(lineage).stream()
                    .mapToLong(segment -> segment.document().split("\"request_id\"", -1).length - 1L)
                    .sum();
            assertThat(placed).as("each record is one segment or subsegment").isEqualTo(members.size());
            ServiceMap map = testing.read(snapshot -> ServiceMap.of(snapshot, Instant.MIN, Instant.MAX));
            assertThat(map.edges())
                    .allSatisfy(edge -> assertThat(edge.traffic().failed())
                            .isLessThanOrEqualTo(edge.traffic().calls()));
        }
    }

    private static List<CallRecord> random(Chance chance) {
        List<CallRecord> records = new ArrayList<>();
        int size = 1 + chance.nextInt(60);
        for (int i = 0; i < size; i++) {
            Sample sample = switch (chance.nextInt(4)) {
                case 0 -> Sample.invocation("r" + i, "f" + chance.nextInt(5));
                case 1 -> Sample.request("r" + i, "POST /orders/" + i);
                case 2 -> Sample.call("r" + i, "dynamodb", "PutItem").detail("consumedWriteUnits", "1.5");
                default ->
                    Sample.call("r" + i, "sqs", "SendMessage")
                            .on("arn:aws:sqs:us-east-1:000000000000:q" + chance.nextInt(3));
            };
            sample.at(chance.nextInt(5_000)).takes(chance.nextInt(900));
            if (chance.nextInt(5) == 0) {
                sample.fails("SomeException", chance.nextInt(2) == 0 ? 400 : 500);
            }
            causes(sample, i, size, chance);
            records.add(sample.record());
            if (chance.nextInt(8) == 0) {
                records.add(sample.at(5_000 + chance.nextInt(5_000)).record());
            }
        }
        return records;
    }

    /** Mostly an earlier record; sometimes a later one (a cycle), none that exists, several, or the outside. */
    private static void causes(Sample sample, int place, int size, Chance chance) {
        int count = place == 0 ? 0 : 1 + Math.max(0, chance.nextInt(6) - 3);
        Set<String> parents = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int kind = chance.nextInt(20);
            parents.add(
                    kind == 0 ? "missing" + place : "r" + (kind == 1 ? chance.nextInt(size) : chance.nextInt(place)));
        }
        parents.stream().sorted().forEach(parent -> sample.after(parent, "sqs"));
        if (parents.isEmpty()) {
            sample.causedBy(Cause.root(Sample.TRACE));
        }
    }

    private static Set<String> names(List<CallRecord> records) {
        return records.stream()
                .map(record -> record.id() + "@" + record.startedAt())
                .collect(Collectors.toSet());
    }

    private static void shuffle(List<CallRecord> records, Chance chance) {
        for (int i = records.size() - 1; i > 0; i--) {
            int other = chance.nextInt(i + 1);
            CallRecord moved = records.get(i);
            records.set(i, records.get(other));
            records.set(other, moved);
        }
    }
}
