package virga.observe.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import virga.observe.Sample;
import virga.observe.TestingRecords;

final class SpendingTest {
    private static final String F = "arn:aws:lambda:us-east-1:000000000000:function:f";

    @Test
    void moneyIsToldByServiceFunctionAndLogGroup() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.request("a", "GET /a").record(),
                Sample.request("b", "GET /b").at(1).record(),
                Sample.invocation("f1", "f:live")
                        .after("a", "apigateway")
                        .at(2)
                        .detail("billedMillis", "1000")
                        .record(),
                Sample.invocation("f2", "f")
                        .after("b", "apigateway")
                        .at(3)
                        .detail("billedMillis", "1000")
                        .record())) {
            testing.records().count(Sample.SCOPE, "sqs", "ReceiveMessage", "ok");
            testing.records().log(Sample.SCOPE, "/aws/lambda/f", "s", Sample.BEGINNING, "x".repeat(1_000), "f1");
            Spending spending = of(testing, Instant.MIN, Instant.MAX);
            assertThat(spending.outsideRequests()).isEqualTo(2);
            assertThat(spending.byService()).containsOnlyKeys("execute-api", "lambda", "sqs");
            assertThat(spending.byFunction()).containsOnlyKeys(F);
            // Two seconds of one gigabyte, and two requests.
            assertThat(spending.byFunction().get(F).total()).isEqualByComparingTo("0.0000337334");
            assertThat(spending.byLogGroup()).containsOnlyKeys("/aws/lambda/f");
            assertThat(spending.working().total()).isEqualByComparingTo("0.0000361334");
            assertThat(spending.observing().observing())
                    .isEqualByComparingTo(spending.observing().total());
            assertThat(spending.perMillionRequests())
                    .isBetween(
                            "18.0".transform(java.math.BigDecimal::new), "18.4".transform(java.math.BigDecimal::new));
        }
    }

    @Test
    void whatHappenedAtAnotherTimeIsNotPaidFor() {
        try (TestingRecords testing =
                TestingRecords.of(Sample.request("a", "GET /a").record())) {
            Spending later = of(testing, Sample.BEGINNING.plusSeconds(60), Instant.MAX);
            assertThat(later.working()).isEqualTo(Cost.NOTHING);
            assertThat(later.perMillionRequests()).isZero();
        }
    }

    private static Spending of(TestingRecords testing, Instant from, Instant to) {
        return testing.read(snapshot -> Spending.of(snapshot, from, to, PriceList.usEast1()));
    }
}
