package virga.services.events;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a rule sends its events.
 *
 * @param retries attempts after the first
 * @param ageSeconds how old an event may grow meanwhile
 * @param deadLetters a queue's ARN, or empty
 */
record Target(String id, String arn, String roleArn, Input input, int retries, int ageSeconds, String deadLetters) {
    static final int STANDARD_RETRIES = 185;
    static final int STANDARD_AGE_SECONDS = 86_400;

    /** What the target receives: at most one of a constant, a path into the event, or a template over named paths. */
    record Input(String constant, String path, String template, Map<String, String> paths) {
        static final Input WHOLE = new Input("", "", "", Map.of());

        Input {
            paths = java.util.Collections.unmodifiableMap(new TreeMap<>(paths));
        }
    }
}
