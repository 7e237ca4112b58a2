package virga.services.sqs;

import java.time.Duration;

/**
 * The service's quotas. Source: "Amazon SQS message quotas" and "Amazon SQS queue quotas", Amazon SQS Developer Guide; the 1 MiB message
 * size is that of August 2025.
 *
 * @param messageBytes a message's body with its attributes, and a batch's messages together
 * @param inFlight messages of a standard queue that are received and not deleted
 */
public record SqsLimits(
        int messageBytes, int inFlight, int batchEntries, int messageAttributes, Duration purgeInterval) {
    public static final SqsLimits AWS = new SqsLimits(1_048_576, 120_000, 10, 10, Duration.ofSeconds(60));

    /** Small enough for tests to reach. */
    public static SqsLimits tiny() {
        return new SqsLimits(1024, 3, 10, 10, Duration.ofSeconds(60));
    }
}
