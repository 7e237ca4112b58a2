package virga.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.observe.CasePairs;
import virga.observe.Sample;
import virga.observe.Script;
import virga.observe.TestingRecords;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;

final class TraceTreeTest {
    @TestFactory
    Stream<DynamicTest> tracesAreDrawnAsExpected() {
        return CasePairs.of("trace", TraceTreeTest::draw);
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("req", "POST /orders/{orderId}/positions/{positionId}")
                        .takes(7_300_000)
                        .record(),
                Sample.invocation("f", "a-function-with-a-rather-long-name-of-its-own")
                        .after("req", "apigateway")
                        .fails("ProvisionedThroughputExceededException", 400)
                        .detail("message", "words ".repeat(40))
                        .detail("initNanos", "92000000")
                        .at(60_000)
                        .record())) {
            TraceView view = TraceView.of(testing.lineage(Sample.TRACE), PriceList.usEast1());
            IntStream.rangeClosed(TraceColumns.NARROWEST, 200)
                    .forEach(width -> assertThat(TraceTree.draw(view, Style.PLAIN, width, true)
                                    .lines())
                            .as("width " + width)
                            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width)));
        }
    }

    @Test
    void coloursChangeNothingButColours() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("req", "POST /orders").takes(20).record(),
                Sample.invocation("f", "create")
                        .after("req", "apigateway")
                        .at(3)
                        .fails("Unhandled", 200)
                        .record())) {
            TraceView view = TraceView.of(testing.lineage(Sample.TRACE), PriceList.usEast1());
            String coloured = TraceTree.draw(view, Style.COLOURED, 100, true);
            assertThat(coloured).contains("\u001b[");
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                    .containsExactlyElementsOf(
                            TraceTree.draw(view, Style.PLAIN, 100, true).lines().toList());
        }
    }

    @Test
    void asciiIsAscii() {
        try (TestingRecords testing = TestingRecords.of(Sample.invocation("f", "create")
                .fails("Unhandled", 200)
                .detail("initNanos", "92000000")
                .record())) {
            TraceView view = TraceView.of(testing.lineage(Sample.TRACE), PriceList.usEast1());
            assertThat(TraceTree.draw(view, Style.ASCII, 120, true)).matches("\\p{ASCII}+");
        }
    }

    @Test
    void controlCharactersInLogsDoNotReachTheTerminal() {
        try (TestingRecords testing =
                TestingRecords.of(Sample.invocation("f", "create").record())) {
            testing.records().log(Sample.SCOPE, "g", "s", Sample.BEGINNING, "a\u001b[2Jb\u0007c", "f");
            TraceView view = TraceView.of(testing.lineage(Sample.TRACE), PriceList.usEast1());
            assertThat(TraceTree.draw(view, Style.PLAIN, 100, true))
                    .doesNotContain("\u001b", "\u0007")
                    .contains("a [2Jb c");
        }
    }

    private static String draw(String text) {
        Script script = Script.of(text);
        try (TestingRecords testing = new TestingRecords()) {
            script.tell(testing);
            Lineage lineage = testing.lineage(script.text("trace", Sample.TRACE));
            TraceView view = TraceView.of(lineage, PriceList.usEast1());
            if (script.truth("json")) {
                return view.json().text() + "\n";
            }
            Style style = script.truth("ascii") ? Style.ASCII : Style.PLAIN;
            return TraceTree.draw(view, style, (int) script.number("width", 100), script.truth("logs"));
        }
    }
}
