package virga.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.system.WallClock;

/** Writing records must not slow the spine. The bound is far below what a machine does, so that only a real loss breaks it. */
final class ThroughputTest {
    private static final int RECORDS = 20_000;
    private static final int FEWEST_A_SECOND = 2_000;

    @Test
    void thousandsOfRecordsASecondAreWritten() {
        try (TestingRecords testing = new TestingRecords();
                WallClock watch = new WallClock(Duration.ZERO)) {
            Bytes payload = Bytes.wrap(new byte[400]);
            long started = watch.nanos();
            for (int i = 0; i < RECORDS; i++) {
                CallRecord record = Sample.call("r" + i, "sqs", "SendMessage")
                        .on("arn:aws:sqs:us-east-1:000000000000:orders")
                        .after("r" + (i - 1), "invocation")
                        .input(payload)
                        .output(payload)
                        .detail("bytes", "400")
                        .at(i)
                        .record();
                testing.records().record(record);
            }
            testing.records().flush();
            double seconds = (watch.nanos() - started) / 1e9;
            assertThat(RECORDS / seconds).as("records a second").isGreaterThan(FEWEST_A_SECOND);
            assertThat(testing.total()).isEqualTo(RECORDS);
            System.getLogger("bench")
                    .log(System.Logger.Level.INFO, "records a second: " + Math.round(RECORDS / seconds));
        }
    }
}
