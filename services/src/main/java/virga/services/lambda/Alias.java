package virga.services.lambda;

import java.util.Map;
import java.util.TreeMap;

/** A name for a version; {@code weights} send parts of the traffic to other versions (version to share, 0.0 to 1.0). */
record Alias(String name, String version, String description, Map<String, Double> weights, String revision) {
    Alias {
        weights = java.util.Collections.unmodifiableMap(new TreeMap<>(weights));
    }
}
