package virga.services.lambda;

import java.time.Instant;

/**
 * How asynchronous events are retried and where they end. Source: PutFunctionEventInvokeConfig, AWS Lambda API Reference.
 *
 * @param retries 0 to 2
 * @param ageSeconds 60 to 21,600
 * @param onSuccess an ARN, or empty
 * @param onFailure an ARN, or empty
 */
record InvokeConfig(int retries, int ageSeconds, String onSuccess, String onFailure, Instant modifiedAt) {
    static final InvokeConfig STANDARD = new InvokeConfig(2, 21_600, "", "", Instant.EPOCH);
}
