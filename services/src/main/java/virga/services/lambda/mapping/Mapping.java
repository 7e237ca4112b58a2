package virga.services.lambda.mapping;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Scope;

/**
 * An event source mapping.
 *
 * @param functionArn with the qualifier that was given
 * @param filters patterns; an event that matches none is dropped; without any all pass
 */
record Mapping(
        String id,
        Scope scope,
        String functionArn,
        Source source,
        Batching batching,
        Retrying retrying,
        List<String> filters,
        boolean enabled,
        Instant modifiedAt,
        Map<String, String> tags) {
    Mapping {
        filters = List.copyOf(filters);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** @param position of a stream: {@code TRIM_HORIZON} or {@code LATEST}; empty for a queue */
    record Source(String arn, String position) {
        boolean isQueue() {
            return Arn.parse(arn).service().equals("sqs");
        }

        boolean startsAtLatest() {
            return position.equals("LATEST");
        }

        /** Of a stream: the table it tells of. */
        String table() {
            return Arn.parse(arn).resource().split("/")[1];
        }
    }

    /**
     * @param windowSeconds how long a batch may be gathered
     * @param parallel how many batches of one shard are handled at once, each of other keys
     * @param maximumConcurrency of a queue; 0 where it is not limited
     * @param partialFailures whether the function reports which items failed
     */
    record Batching(int size, int windowSeconds, int parallel, int maximumConcurrency, boolean partialFailures) {}

    /**
     * Of a stream.
     *
     * @param attempts retries of a batch; -1 for no limit
     * @param ageSeconds of a record; -1 for no limit
     * @param onFailure the ARN of a queue or function, or empty
     */
    record Retrying(int attempts, int ageSeconds, boolean bisect, String onFailure) {}

    Mapping withTags(Map<String, String> changed) {
        return new Mapping(id, scope, functionArn, source, batching, retrying, filters, enabled, modifiedAt, changed);
    }

    String arn() {
        return Arn.of("lambda", scope, "event-source-mapping:" + id).toString();
    }
}
