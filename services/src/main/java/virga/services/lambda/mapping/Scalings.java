package virga.services.lambda.mapping;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The scaling of each mapping. A mapping that is changed or enabled again gets a new poller; what its last one has under way counts
 * towards the same maximum.
 */
final class Scalings {
    private final ConcurrentMap<String, Scaling> inUse = new ConcurrentHashMap<>();

    /** A poller of this mapping begins. */
    Scaling begin(String environment, Mapping mapping) {
        return inUse.compute(key(environment, mapping), (unused, known) -> {
            Scaling scaling = known == null ? new Scaling() : known;
            scaling.begin(mapping.batching().maximumConcurrency());
            return scaling;
        });
    }

    /** A poller of this mapping, or a batch, has ended. */
    void ended(String environment, Mapping mapping) {
        inUse.computeIfPresent(key(environment, mapping), (unused, scaling) -> scaling.isIdle() ? null : scaling);
    }

    private static String key(String environment, Mapping mapping) {
        return environment + "/" + mapping.id();
    }
}
