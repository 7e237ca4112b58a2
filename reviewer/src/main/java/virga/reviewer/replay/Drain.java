package virga.reviewer.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.CallRecord;
import virga.kernel.Scope;

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
        return QueueAttributes.of(queueArn, COUNTS, environment, scope)
                .map(attributes -> attributes.values().stream().allMatch("0"::equals))
                .orElse(true);
    }
}
