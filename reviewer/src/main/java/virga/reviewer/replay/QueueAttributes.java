package virga.reviewer.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.GetQueueUrlRequest;
import virga.model.sqs.Sqs;

/** What a queue says of itself, asked without leaving a trace in the records. */
final class QueueAttributes {
    private QueueAttributes() {}

    /** @return empty where the queue is gone */
    static Optional<Map<String, String>> of(
            String queueArn, List<String> names, LiveEnvironment environment, Scope scope) {
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
            return Optional.of(environment
                    .call(
                            EffectReader.reading(environment, scope).counted(),
                            Sqs.GET_QUEUE_ATTRIBUTES,
                            GetQueueAttributesRequest.builder()
                                    .queueUrl(url)
                                    .attributeNames(names)
                                    .build())
                    .attributes());
        } catch (Fault queueGone) {
            return Optional.empty();
        }
    }
}
