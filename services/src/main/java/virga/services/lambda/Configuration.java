package virga.services.lambda;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a function is set to.
 *
 * @param deadLetterArn a queue or topic, or empty
 */
record Configuration(
        Running running,
        String roleArn,
        String description,
        Map<String, String> environment,
        List<String> layers,
        boolean activeTracing,
        String deadLetterArn,
        Logging logging) {
    Configuration {
        environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
        layers = List.copyOf(layers);
    }

    /** How it runs. */
    record Running(
            String runtime,
            String handler,
            String architecture,
            int timeoutSeconds,
            int memoryMegabytes,
            int temporaryMegabytes) {}

    /** @param format {@code Text} or {@code JSON}; the levels are empty under {@code Text} */
    record Logging(String format, String applicationLevel, String systemLevel, String group) {}
}
