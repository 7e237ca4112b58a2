package virga.observe.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Sample;
import virga.observe.TestingRecords;
import virga.observe.logs.LogEvent;

final class LineageTest {
    private static final String OTHER = "1-6905f3c1-bbbbbbbbbbbbbbbbbbbbbbbb";

    @Test
    void aTraceIsATreeOverEveryHop() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("req", "POST /orders").record(),
                Sample.invocation("create", "create")
                        .after("req", "apigateway")
                        .at(1)
                        .record(),
                Sample.call("put", "dynamodb", "PutItem")
                        .after("create", "invocation")
                        .at(3)
                        .record(),
                Sample.call("send", "sqs", "SendMessage")
                        .after("create", "invocation")
                        .at(2)
                        .record(),
                Sample.invocation("ship", "ship").after("send", "sqs").at(40).record())) {
            Lineage lineage = testing.lineage(Sample.TRACE);
            assertThat(shape(lineage)).isEqualTo("req(create(send(ship),put))");
            assertThat(testing.lineage("ship")).isEqualTo(lineage);
            assertThat(lineage.complete()).isTrue();
            assertThat(lineage.lastActivity()).isCloseTo(Sample.BEGINNING.plusMillis(41), within(0, ChronoUnit.MILLIS));
        }
    }

    @Test
    void nothingIsFoundOfWhatNeverHappened() {
        try (TestingRecords testing = new TestingRecords()) {
            boolean found =
                    testing.read(snapshot -> Lineage.of(snapshot, Sample.TRACE).isPresent()
                            || Lineage.from(snapshot, "nobody").isPresent());
            assertThat(found).isFalse();
        }
    }

    @Test
    void aBatchStandsUnderEachOfItsMessagesAndIsFollowedOnce() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("f", "f").record(),
                Sample.call("s1", "sqs", "SendMessage")
                        .after("f", "invocation")
                        .at(1)
                        .record(),
                Sample.call("s2", "sqs", "SendMessage")
                        .after("f", "invocation")
                        .at(2)
                        .record(),
                Sample.invocation("batch", "g")
                        .after("s1", "sqs")
                        .after("s2", "sqs")
                        .at(3)
                        .record(),
                Sample.call("put", "s3", "PutObject")
                        .after("batch", "invocation")
                        .at(4)
                        .record())) {
            Lineage lineage = testing.lineage(Sample.TRACE);
            assertThat(shape(lineage)).isEqualTo("f(s1(batch(put)),s2(batch^))");
            assertThat(lineage.records()).hasSize(5);
        }
    }

    @Test
    void aBatchOfTwoTracesIsWholeInEach() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("s1", "sqs", "SendMessage").record(),
                Sample.call("s2", "sqs", "SendMessage")
                        .causedBy(Cause.root(OTHER))
                        .record(),
                Sample.invocation("batch", "g")
                        .after("s1", "sqs")
                        .causedBy(new Cause(OTHER, "s2", "sqs"))
                        .at(3)
                        .record(),
                Sample.call("put", "s3", "PutObject")
                        .after("batch", "invocation")
                        .at(4)
                        .record())) {
            assertThat(shape(testing.lineage(Sample.TRACE))).isEqualTo("s1(batch(put))");
            assertThat(shape(testing.lineage(OTHER))).isEqualTo("s2(batch(put))");
        }
    }

    @Test
    void recordsThatNameEachOtherEnd() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("a", "sqs", "SendMessage").after("b", "sqs").record(),
                Sample.call("b", "sqs", "SendMessage").after("a", "sqs").at(1).record(),
                Sample.call("self", "sqs", "SendMessage")
                        .after("self", "sqs")
                        .at(2)
                        .record())) {
            assertThat(shape(testing.lineage(Sample.TRACE))).isEqualTo("a(b(a^)) self(self^)");
        }
    }

    @Test
    void whatIsStillRunningIsNamed() {
        try (TestingRecords testing = TestingRecords.of(Sample.call("put", "dynamodb", "PutItem")
                .after("running", "invocation")
                .record())) {
            Lineage lineage = testing.lineage(Sample.TRACE);
            assertThat(shape(lineage)).isEqualTo("put");
            assertThat(lineage.unwritten()).containsExactly("running");
            assertThat(lineage.complete()).isFalse();
        }
    }

    @Test
    void eachAttemptHasItsOwnConsequencesAndLines() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("invoke", "lambda", "Invoke").record(),
                Sample.invocation("r", "f")
                        .after("invoke", "lambda")
                        .at(10)
                        .fails("Unhandled", 200)
                        .record(),
                Sample.call("first", "s3", "PutObject")
                        .after("r", "invocation")
                        .at(11)
                        .record(),
                Sample.invocation("r", "f").after("invoke", "lambda").at(60_000).record(),
                Sample.call("second", "s3", "PutObject")
                        .after("r", "invocation")
                        .at(60_001)
                        .record())) {
            log(testing, 12, "try one", "r");
            log(testing, 60_002, "try two", "r");
            Lineage lineage = testing.lineage(Sample.TRACE);
            assertThat(shape(lineage)).isEqualTo("invoke(r(first),r(second))");
            List<LineageNode> attempts = lineage.roots().getFirst().children();
            assertThat(attempts.get(0).logs()).extracting(LogEvent::message).containsExactly("try one");
            assertThat(attempts.get(1).logs()).extracting(LogEvent::message).containsExactly("try two");
        }
    }

    @Test
    void whatFollowedFromOneRecordIsATreeOfItsOwn() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("a", "sqs", "SendMessage").record(),
                Sample.invocation("b", "f").after("a", "sqs").at(1).record(),
                Sample.call("c", "s3", "PutObject")
                        .after("b", "invocation")
                        .at(2)
                        .record())) {
            Lineage followed =
                    testing.read(snapshot -> Lineage.from(snapshot, "b").orElseThrow());
            assertThat(shape(followed)).isEqualTo("b(c)");
        }
    }

    @Test
    void anEndlessLoopIsCutAndSaysSo() {
        try (TestingRecords testing = new TestingRecords()) {
            testing.records().record(Sample.call("r0", "sqs", "SendMessage").record());
            for (int i = 1; i < 1_000; i++) {
                testing.records()
                        .record(Sample.call("r" + i, "sqs", "SendMessage")
                                .after("r" + (i - 1), "sqs")
                                .at(i)
                                .record());
            }
            Lineage lineage = testing.lineage(Sample.TRACE);
            assertThat(lineage.truncated()).isTrue();
            assertThat(lineage.roots()).hasSize(1);
            assertThat(lineage.records()).hasSize(LineageBuilder.DEEPEST + 1);
        }
    }

    private static void log(TestingRecords testing, long millis, String message, String recordId) {
        testing.records()
                .log(Sample.SCOPE, "/aws/lambda/f", "s", Sample.BEGINNING.plusMillis(millis), message, recordId);
    }

    /** {@code a(b,c^)}: a brought about b and c, and c stands elsewhere too. */
    static String shape(Lineage lineage) {
        return lineage.roots().stream().map(LineageTest::shape).collect(Collectors.joining(" "));
    }

    private static String shape(LineageNode node) {
        List<String> children = new ArrayList<>();
        node.children().forEach(child -> children.add(shape(child)));
        CallRecord record = node.record();
        return record.id()
                + (node.repeated() ? "^" : "")
                + (children.isEmpty() ? "" : "(" + String.join(",", children) + ")");
    }
}
