package virga.observe.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.Arn;
import virga.observe.CasePairs;
import virga.observe.Resource;
import virga.observe.Sample;
import virga.observe.Script;
import virga.observe.TestingRecords;
import virga.observe.metrics.Traffic;

final class ServiceMapTest {
    @TestFactory
    Stream<DynamicTest> mapsAreDrawnAsExpected() {
        return CasePairs.of("map", text -> {
            try (TestingRecords testing = new TestingRecords()) {
                Script.of(text).tell(testing);
                StringBuilder out = new StringBuilder();
                ServiceMap map = map(testing, Instant.MIN, Instant.MAX);
                map.nodes()
                        .forEach(node -> out.append("%s %s: %s%n"
                                .formatted(
                                        node.resource().kind(), node.resource().name(), words(node.traffic()))));
                map.edges()
                        .forEach(edge -> out.append("%s -> %s: %s%n"
                                .formatted(edge.from().name(), edge.to().name(), words(edge.traffic()))));
                return out.toString();
            }
        });
    }

    @Test
    void onlyTheAskedTimeIsOnTheMapButCausesFromBeforeAreKnown() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("s", "sqs", "SendMessage")
                        .on("arn:aws:sqs:us-east-1:000000000000:q")
                        .record(),
                Sample.invocation("f", "f").after("s", "sqs").at(100).record())) {
            ServiceMap late = map(testing, Sample.BEGINNING.plusMillis(50), Instant.MAX);
            assertThat(late.edges()).singleElement().satisfies(edge -> {
                assertThat(edge.from().name()).isEqualTo("q");
                assertThat(edge.to().name()).isEqualTo("f");
            });
            assertThat(map(testing, Sample.BEGINNING.plusMillis(150), Instant.MAX)
                            .nodes())
                    .isEmpty();
        }
    }

    @Test
    void aDeploymentAndWhatFollowsFromItAreNotOnTheMap() {
        String queue = "arn:aws:sqs:us-east-1:000000000000:q";
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("deploy", "cloudformation", "ExecuteChangeSet").record(),
                Sample.call("made", "sqs", "CreateQueue")
                        .on(queue)
                        .after("deploy", "cloudformation")
                        .at(10)
                        .record(),
                Sample.call("sent", "sqs", "SendMessage").on(queue).at(20).record())) {
            ServiceMap map = map(testing, Instant.MIN, Instant.MAX);
            assertThat(map.nodes()).extracting(node -> node.resource().name()).containsExactlyInAnyOrder("q", "client");
            assertThat(map.edges())
                    .singleElement()
                    .satisfies(edge -> assertThat(edge.traffic().calls()).isEqualTo(1));
        }
    }

    @Test
    void aBucketThatOnlyADeploymentReadsIsNotOnTheMap() {
        String bucket = "arn:aws:s3:::deployments/code.zip";
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("put", "s3", "PutObject").on(bucket).record(),
                Sample.call("deploy", "cloudformation", "CreateStack").at(5).record(),
                Sample.call("read", "s3", "GetObject")
                        .on(bucket)
                        .after("deploy", "cloudformation")
                        .at(10)
                        .record())) {
            assertThat(map(testing, Instant.MIN, Instant.MAX).nodes()).isEmpty();
        }
    }

    @Test
    void aBucketThatAFunctionReadsTooStaysOnTheMap() {
        String bucket = "arn:aws:s3:::deployments/code.zip";
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("deploy", "cloudformation", "CreateStack").record(),
                Sample.call("read", "s3", "GetObject")
                        .on(bucket)
                        .after("deploy", "cloudformation")
                        .at(1)
                        .record(),
                Sample.invocation("f", "f").at(5).record(),
                Sample.call("work", "s3", "GetObject")
                        .on(bucket)
                        .after("f", "invocation")
                        .at(6)
                        .record())) {
            assertThat(map(testing, Instant.MIN, Instant.MAX).nodes())
                    .extracting(node -> node.resource().name())
                    .contains("deployments");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sqs, ListQueues",
        "sqs, CreateQueue",
        "dynamodb, DescribeTable",
        "s3, CreateBucket",
        "events, PutRule",
        "ssm, GetParameter"
    })
    void whatAClientOnlyLooksAtOrManagesIsNotOnTheMap(String service, String operation) {
        try (TestingRecords testing =
                TestingRecords.of(Sample.call("look", service, operation).record())) {
            assertThat(map(testing, Instant.MIN, Instant.MAX).nodes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:lambda:us-east-1:000000000000:function:f:live, arn:aws:lambda:us-east-1:000000000000:function:f, FUNCTION, f",
        "arn:aws:dynamodb:us-east-1:000000000000:table/t/index/i, arn:aws:dynamodb:us-east-1:000000000000:table/t, TABLE, t",
        "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026, arn:aws:dynamodb:us-east-1:000000000000:table/t, TABLE, t",
        "arn:aws:s3:::b/deep/key, arn:aws:s3:::b, BUCKET, b",
        "arn:aws:sns:us-east-1:000000000000:t:0f1e, arn:aws:sns:us-east-1:000000000000:t, TOPIC, t",
        "arn:aws:events:us-east-1:000000000000:rule/r, arn:aws:events:us-east-1:000000000000:event-bus/default, BUS, default",
        "arn:aws:events:us-east-1:000000000000:rule/shop/r, arn:aws:events:us-east-1:000000000000:event-bus/shop, BUS, shop",
        "arn:aws:states:us-east-1:000000000000:execution:m:e, arn:aws:states:us-east-1:000000000000:stateMachine:m, STATE_MACHINE, m",
        "arn:aws:execute-api:us-east-1:000000000000:a1b2/prod/GET/x, arn:aws:apigateway:us-east-1::/apis/a1b2, API, a1b2",
        "arn:aws:apigateway:us-east-1::/apis/a1b2/stages/x, arn:aws:apigateway:us-east-1::/apis/a1b2, API, a1b2",
        "arn:aws:kms:us-east-1:000000000000:key/k, arn:aws:kms:us-east-1:000000000000:key/k, OTHER, k",
    })
    void partsBelongToTheirResource(String part, String id, Resource.Kind kind, String name) {
        assertThat(Resource.of(Arn.parse(part))).isEqualTo(new Resource(id, kind, name));
    }

    private static String words(Traffic traffic) {
        return "%d calls, %d errors, %d faults, p50 %d us, p99 %d us"
                .formatted(
                        traffic.calls(),
                        traffic.errors(),
                        traffic.faults(),
                        traffic.latency().p50Nanos() / 1_000,
                        traffic.latency().p99Nanos() / 1_000);
    }

    private static ServiceMap map(TestingRecords testing, Instant from, Instant to) {
        return testing.read(snapshot -> ServiceMap.of(snapshot, from, to));
    }
}
