package virga.services.apigatewayv2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Scope;

/** An HTTP API. */
record Api(
        String id,
        Scope scope,
        String name,
        String description,
        String version,
        Cors cors,
        Map<String, String> tags,
        Instant createdAt) {
    Api {
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** @param maxAgeSeconds -1 where it is not said */
    record Cors(
            boolean credentials,
            List<String> headers,
            List<String> methods,
            List<String> origins,
            List<String> exposed,
            int maxAgeSeconds) {
        static final Cors NONE = new Cors(false, List.of(), List.of(), List.of(), List.of(), -1);

        boolean configured() {
            return !origins.isEmpty();
        }
    }

    Api with(Map<String, String> otherTags) {
        return new Api(id, scope, name, description, version, cors, otherTags, createdAt);
    }

    String host() {
        return id + ".execute-api." + scope.region() + ".amazonaws.com";
    }

    /** The ARN that tags and management calls go by. */
    String arn() {
        return "arn:aws:apigateway:" + scope.region() + "::/apis/" + id;
    }
}
