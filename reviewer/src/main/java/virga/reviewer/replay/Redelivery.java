package virga.reviewer.replay;

import java.time.Duration;
import java.util.List;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Scope;

/**
 * When AWS delivers an event again that a function did not handle. Sources: "Amazon SQS visibility timeout"; "How Lambda handles errors
 * and retries with asynchronous invocation": after a minute, then after two.
 */
final class Redelivery {
    private static final String VISIBILITY = "VisibilityTimeout";
    private static final Duration SOON = Duration.ofSeconds(1);

    private Redelivery() {}

    /** @param attempt the delivery that failed, from 1 */
    static Duration after(int attempt, Delivery delivery, LiveEnvironment environment, Scope scope) {
        if (delivery.isAwaited()) {
            return Duration.ZERO;
        }
        if (delivery.origin().startsWith("arn:aws:sqs:")) {
            return visibility(delivery.origin(), environment, scope);
        }
        return delivery.origin().isEmpty() ? Duration.ofMinutes(attempt) : SOON;
    }

    private static Duration visibility(String queueArn, LiveEnvironment environment, Scope scope) {
        return QueueAttributes.of(queueArn, List.of(VISIBILITY), environment, scope)
                .map(attributes -> Duration.ofSeconds(Long.parseLong(attributes.get(VISIBILITY))))
                .orElse(SOON);
    }
}
