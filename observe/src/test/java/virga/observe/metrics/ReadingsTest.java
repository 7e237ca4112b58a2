package virga.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import virga.observe.Sample;
import virga.observe.TestingRecords;
import virga.observe.cost.PriceList;

final class ReadingsTest {
    private static final String F = "arn:aws:lambda:us-east-1:000000000000:function:f";

    @Test
    void percentilesAreOfTheNearestRank() {
        Latency latency = Latency.of(LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(latency).isEqualTo(new Latency(200, 20_100, 100, 190, 198, 200));
        assertThat(Latency.of(List.of(7L))).isEqualTo(new Latency(1, 7, 7, 7, 7, 7));
        assertThat(Latency.of(List.of())).isEqualTo(Latency.NONE);
        assertThat(Latency.NONE.meanNanos()).isZero();
    }

    @Test
    void aFunctionsInvocationsErrorsAndThrottlesAreToldApart() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("a", "f").takes(10).record(),
                Sample.invocation("b", "f:live")
                        .at(1)
                        .takes(30)
                        .fails("Unhandled", 200)
                        .record(),
                Sample.call("c", "lambda", "Invoke")
                        .on(F)
                        .at(2)
                        .fails("TooManyRequestsException", 429)
                        .record(),
                Sample.call("d", "lambda", "Invoke").on(F).at(3).record(),
                Sample.invocation("e", "g").at(4).record())) {
            SortedMap<String, FunctionReading> all = functions(testing);
            assertThat(all).hasSize(2);
            FunctionReading f = all.get(F);
            assertThat(f.invocations()).isEqualTo(2);
            assertThat(f.errors()).isEqualTo(1);
            assertThat(f.throttles()).isEqualTo(1);
            assertThat(f.duration().p95Nanos()).isEqualTo(30_000_000);
            assertThat(f.cost().total()).isPositive();
        }
    }

    @Test
    void coldStartsAreSharedAndBrokenDown() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("a", "f")
                        .detail("initNanos", "100")
                        .detail("unpackNanos", "10")
                        .detail("handlerNanos", "60")
                        .record(),
                Sample.invocation("b", "f")
                        .detail("initNanos", "300")
                        .detail("unpackNanos", "30")
                        .detail("handlerNanos", "80")
                        .at(1)
                        .record(),
                Sample.invocation("c", "f").at(2).record(),
                Sample.invocation("d", "f").at(3).record())) {
            FunctionReading f = functions(testing).get(F);
            assertThat(f.coldShare()).isEqualTo(0.5);
            assertThat(f.init().maxNanos()).isEqualTo(300);
            assertThat(f.unpackNanos()).isEqualTo(20);
            assertThat(f.handlerNanos()).isEqualTo(70);
        }
    }

    @Test
    void concurrencyIsTheMostAtAnyOneTime() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("a", "f").at(0).takes(10).record(),
                Sample.invocation("b", "f").at(5).takes(10).record(),
                Sample.invocation("c", "f").at(9).takes(10).record(),
                Sample.invocation("d", "f").at(15).takes(10).record(),
                Sample.invocation("e", "f").at(100).takes(10).record())) {
            assertThat(functions(testing).get(F).concurrentExecutions()).isEqualTo(3);
        }
    }

    @Test
    void operationsAddUpWhatIsRecordedAndWhatIsOnlyCounted() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("a", "sqs", "ReceiveMessage").record(),
                Sample.call("b", "sqs", "ReceiveMessage")
                        .fails("AWS.SimpleQueueService.NonExistentQueue", 400)
                        .record(),
                Sample.call("c", "s3", "GetObject").record(),
                Sample.invocation("d", "f").record())) {
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "AccessDenied");
            List<OperationReading> all =
                    testing.read(snapshot -> OperationReading.all(snapshot, Instant.MIN, Instant.MAX));
            assertThat(all).extracting(OperationReading::operation).containsExactly("GetObject", "ReceiveMessage");
            assertThat(all.getLast().calls()).isEqualTo(4);
            assertThat(all.getLast().failed()).isEqualTo(2);
            assertThat(all.getLast().recorded().errors()).isEqualTo(1);
        }
    }

    private static SortedMap<String, FunctionReading> functions(TestingRecords testing) {
        return testing.read(snapshot -> FunctionReading.all(snapshot, Instant.MIN, Instant.MAX, PriceList.usEast1()));
    }
}
