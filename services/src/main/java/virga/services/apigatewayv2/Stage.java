package virga.services.apigatewayv2;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** @param deploymentId what a stage serves that does not deploy automatically; may be empty */
record Stage(
        String name,
        boolean autoDeploy,
        String deploymentId,
        String description,
        Map<String, String> variables,
        Map<String, String> tags,
        Instant createdAt,
        Instant updatedAt) {
    static final String DEFAULT = "$default";

    Stage {
        variables = java.util.Collections.unmodifiableMap(new TreeMap<>(variables));
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    Stage with(Map<String, String> otherTags) {
        return new Stage(name, autoDeploy, deploymentId, description, variables, otherTags, createdAt, updatedAt);
    }
}
