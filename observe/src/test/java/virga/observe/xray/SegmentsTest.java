package virga.observe.xray;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.Cause;
import virga.observe.CasePairs;
import virga.observe.Sample;
import virga.observe.Script;
import virga.observe.TestingRecords;
import virga.observe.json.Json;
import virga.observe.map.ServiceMap;

final class SegmentsTest {
    @TestFactory
    Stream<DynamicTest> lineagesBecomeTheExpectedSegments() {
        return CasePairs.of("xray", text -> {
            try (TestingRecords testing = new TestingRecords()) {
                Script.of(text).tell(testing);
                StringBuilder out = new StringBuilder();
                Segments.of(testing.lineage(Sample.TRACE))
                        .forEach(segment -> out.append(segment.document()).append('\n'));
                out.append(TraceSummary.of(testing.lineage(Sample.TRACE))).append('\n');
                return out.toString();
            }
        });
    }

    @Test
    void idsHaveTheirFormAndDocumentsAreJson() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("req", "POST /orders").record(),
                Sample.invocation("f", "f").after("req", "apigateway").at(1).record())) {
            List<Segments.Segment> segments = Segments.of(testing.lineage(Sample.TRACE));
            assertThat(segments).hasSize(2).allSatisfy(segment -> {
                assertThat(segment.id()).matches("[0-9a-f]{16}");
                assertThat(Json.parse(segment.document())).isPresent();
                assertThat(segment.document()).contains("\"trace_id\":\"" + Sample.TRACE + "\"");
            });
            assertThat(segments.get(1).document())
                    .contains("\"parent_id\":\"" + segments.get(0).id() + "\"");
            assertThat(Segments.of(testing.lineage(Sample.TRACE))).isEqualTo(segments);
        }
    }

    @Test
    void aBatchOfOtherTracesIsLinkedToThem() {
        Cause other = new Cause("1-6905f3c1-bbbbbbbbbbbbbbbbbbbbbbbb", "s2", "sqs");
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("s1", "sqs", "SendMessage").record(),
                Sample.invocation("batch", "f")
                        .after("s1", "sqs")
                        .causedBy(other)
                        .at(1)
                        .record())) {
            assertThat(Segments.of(testing.lineage(Sample.TRACE)).getLast().document())
                    .contains("\"links\":[{\"trace_id\":\"" + other.traceId() + "\"}]");
        }
    }

    @Test
    void summariesAreOfTheTracesThatBeganInTime() {
        String second = "1-6905f3c1-bbbbbbbbbbbbbbbbbbbbbbbb";
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("a", "GET /a").takes(5).record(),
                Sample.request("b", "GET /b")
                        .causedBy(Cause.root(second))
                        .at(1_000)
                        .fails("InternalFailure", 500)
                        .record())) {
            List<TraceSummary> all = testing.read(snapshot -> TraceSummary.all(snapshot, Instant.MIN, Instant.MAX, 10));
            assertThat(all).extracting(TraceSummary::traceId).containsExactly(second, Sample.TRACE);
            assertThat(all).extracting(TraceSummary::fault).containsExactly(true, false);
            assertThat(all.getLast().responseTime()).isEqualTo(Duration.ofMillis(5));
            assertThat(all.getLast().url()).isEqualTo("/a");
            Instant middle = Sample.BEGINNING.plusMillis(500);
            List<TraceSummary> late = testing.read(snapshot -> TraceSummary.all(snapshot, middle, Instant.MAX, 10));
            assertThat(late).extracting(TraceSummary::traceId).containsExactly(second);
        }
    }

    @Test
    void theGraphNamesServicesByReference() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("req", "POST /orders").record(),
                Sample.invocation("f", "f")
                        .after("req", "apigateway")
                        .at(1)
                        .fails("Unhandled", 200)
                        .record())) {
            ServiceMap map = testing.read(snapshot -> ServiceMap.of(snapshot, Instant.MIN, Instant.MAX));
            ServiceGraph graph = ServiceGraph.of(map);
            assertThat(graph.services())
                    .extracting(ServiceGraph.Service::type)
                    .containsExactlyInAnyOrder("client", "AWS::ApiGateway::Stage", "AWS::Lambda::Function");
            ServiceGraph.Service api = graph.services().stream()
                    .filter(ServiceGraph.Service::root)
                    .findFirst()
                    .orElseThrow();
            ServiceGraph.Service function =
                    graph.services().get(api.edges().getFirst().referenceId());
            assertThat(function.name()).isEqualTo("f");
            assertThat(function.traffic().faults()).isEqualTo(1);
        }
    }
}
