package virga.reviewer.replay;

import java.time.Duration;
import java.util.List;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.GetQueueUrlRequest;
import virga.model.sqs.Sqs;

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
        try {
            String url = environment
                    .call(
                            EffectReader.reading(environment, scope).counted(),
                            Sqs.GET_QUEUE_URL,
                            GetQueueUrlRequest.builder()
                                    .queueName(Arn.parse(queueArn).resource())
                                    .build())
                    .queueUrl()
                    .orElseThrow();
            return Duration.ofSeconds(Long.parseLong(environment
                    .call(
                            EffectReader.reading(environment, scope).counted(),
                            Sqs.GET_QUEUE_ATTRIBUTES,
                            GetQueueAttributesRequest.builder()
                                    .queueUrl(url)
                                    .attributeNames(List.of(VISIBILITY))
                                    .build())
                    .attributes()
                    .get(VISIBILITY)));
        } catch (Fault queueGone) {
            return SOON;
        }
    }
}
