package virga.observe.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import virga.observe.Count;
import virga.observe.Sample;
import virga.observe.TestingRecords;

final class CostTest {
    private static final PriceList PRICES = PriceList.usEast1();

    @Test
    void anInvocationCostsItsRequestAndItsGigabyteSeconds() {
        Sample sample =
                Sample.invocation("f", "f").detail("billedMillis", "100").detail("memoryMegabytes", "512");
        // 0.1 s x 0.5 GB x $0.0000166667 + $0.0000002
        assertThat(dollars(sample)).isEqualByComparingTo("0.000001033335");
        // 0.1 s x 0.5 GB x $0.0000133334 + $0.0000002
        assertThat(dollars(sample.detail("architecture", "arm64"))).isEqualByComparingTo("0.00000086667");
    }

    @Test
    void largeTemporaryStorageIsPaidFor() {
        Sample sample =
                Sample.invocation("f", "f").detail("billedMillis", "1000").detail("memoryMegabytes", "1024");
        BigDecimal small = dollars(sample.detail("temporaryMegabytes", "512"));
        BigDecimal large = dollars(sample.detail("temporaryMegabytes", "1536"));
        assertThat(large.subtract(small)).isEqualByComparingTo("0.0000000309");
    }

    @Test
    void failedFunctionsAreBilledAndThrottledOnesAreNot() {
        assertThat(dollars(Sample.invocation("f", "f").fails("Unhandled", 200))).isPositive();
        assertThat(dollars(Sample.invocation("f", "f").fails("TooManyRequestsException", 429)))
                .isZero();
    }

    @Test
    void aRequestToAQueueIsBilledBy64Kilobytes() {
        Sample send = Sample.call("s", "sqs", "SendMessage").on("arn:aws:sqs:us-east-1:000000000000:q");
        assertThat(dollars(send)).isEqualByComparingTo("0.0000004");
        assertThat(dollars(send.detail("bytes", "65536"))).isEqualByComparingTo("0.0000004");
        assertThat(dollars(send.detail("bytes", "65537"))).isEqualByComparingTo("0.0000008");
        assertThat(dollars(send.on("arn:aws:sqs:us-east-1:000000000000:q.fifo")))
                .isEqualByComparingTo("0.000001");
    }

    @Test
    void aTableIsBilledByUnits() {
        Sample put = Sample.call("p", "dynamodb", "TransactWriteItems")
                .detail("consumedReadUnits", "2.5")
                .detail("consumedWriteUnits", "4");
        assertThat(dollars(put)).isEqualByComparingTo("0.0000028125");
        assertThat(dollars(Sample.call("d", "dynamodb", "DescribeTable"))).isZero();
    }

    @Test
    void everyEventOfABatchIsBilled() {
        Sample events =
                Sample.call("e", "events", "PutEvents").detail("entries", "10").detail("bytes", "2000");
        assertThat(dollars(events)).isEqualByComparingTo("0.00001");
    }

    @Test
    void aServiceWithoutAPriceIsNamedAndNotCalledFree() {
        Cost cost = Cost.of(Sample.call("k", "kinesis", "PutRecord").record(), PRICES);
        assertThat(cost.total()).isZero();
        assertThat(cost.unpriced()).containsExactly("kinesis");
        assertThat(Cost.of(Sample.call("i", "iam", "GetRole").record(), PRICES)).isEqualTo(Cost.NOTHING);
    }

    @Test
    void aTraceCostsEachRecordOnceAndItsLogsApart() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.call("s1", "sqs", "SendMessage").record(),
                Sample.call("s2", "sqs", "SendMessage").record(),
                Sample.invocation("batch", "f")
                        .after("s1", "sqs")
                        .after("s2", "sqs")
                        .at(5)
                        .record())) {
            // 1,024 bytes with the overhead: a millionth of a gigabyte, nearly.
            testing.records().log(Sample.SCOPE, "g", "s", Sample.BEGINNING.plusMillis(6), "x".repeat(998), "batch");
            Cost cost = Cost.of(testing.lineage(Sample.TRACE), PRICES);
            assertThat(cost.observing())
                    .isEqualByComparingTo(new BigDecimal("0.5").divide(BigDecimal.valueOf(1 << 20)));
            assertThat(cost.charges())
                    .extracting(Cost.Charge::price)
                    .containsExactly("lambda.duration.x86_64", "lambda.request", "logs.ingestion", "sqs.standard");
            assertThat(cost.charges().getLast().quantity()).isEqualByComparingTo("2");
            assertThat(cost.perMillion(2))
                    .isEqualByComparingTo(
                            cost.perMillion().divide(BigDecimal.TWO).setScale(4, java.math.RoundingMode.HALF_UP));
        }
    }

    @Test
    void pollingThatIsOnlyCountedStillCosts() {
        Count count = new Count(Instant.EPOCH, "000000000000", "us-east-1", "sqs", "ReceiveMessage", "ok", 1_000_000);
        assertThat(Cost.ofCount(count, PRICES).total()).isEqualByComparingTo("0.40");
    }

    @Test
    void everyPriceNamesItsSourceAndTheListItsDate() {
        assertThat(PRICES.asOf()).isAfter(LocalDate.EPOCH);
        assertThat(PRICES.region()).isEqualTo("us-east-1");
        assertThat(PRICES.all()).isNotEmpty().allSatisfy(price -> {
            assertThat(price.dollars()).isPositive();
            assertThat(price.unit()).isNotBlank();
            assertThat(price.source()).startsWith("https://aws.amazon.com/").endsWith("/");
        });
    }

    @Test
    void aPriceFileWithAMistakeIsRefused() {
        assertThatThrownBy(() -> PriceList.parse(List.of("sqs.standard = 0.4"))).hasMessageContaining("source");
        assertThatThrownBy(() -> PriceList.parse(List.of("what is this"))).hasMessageContaining("not a price");
    }

    private static BigDecimal dollars(Sample sample) {
        return Cost.of(sample.record(), PRICES).total();
    }
}
