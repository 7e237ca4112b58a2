package virga.reviewer.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.GetQueueUrlRequest;
import virga.model.sqs.Sqs;

/** Whether the queues that a lineage reached are empty, as far as functions read them. */
final class Drain {
    private static final List<String> COUNTS = List.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed");

    private final LiveEnvironment environment;
    private final Scope scope;
    private final Set<String> read;

    Drain(LiveEnvironment environment, Scope scope) {
        this.environment = environment;
        this.scope = scope;
        this.read = Fork.mappings(environment, scope).stream()
                .flatMap(mapping -> mapping.eventSourceArn().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isEmpty(List<CallRecord> lineage) {
        return lineage.stream()
                .filter(record ->
                        record.service().equals("sqs") && record.operation().startsWith("SendMessage"))
                .flatMap(record -> record.resources().stream())
                .filter(read::contains)
                .distinct()
                .allMatch(this::isEmpty);
    }

    private boolean isEmpty(String queueArn) {
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
            return environment
                    .call(
                            EffectReader.reading(environment, scope).counted(),
                            Sqs.GET_QUEUE_ATTRIBUTES,
                            GetQueueAttributesRequest.builder()
                                    .queueUrl(url)
                                    .attributeNames(COUNTS)
                                    .build())
                    .attributes()
                    .values()
                    .stream()
                    .allMatch("0"::equals);
        } catch (Fault queueGone) {
            return true;
        }
    }
}
