package virga.services.events;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Scope;

/** An event bus. {@code policy} is a policy document, or empty. */
record Bus(
        String name,
        Scope scope,
        String description,
        String policy,
        Map<String, String> tags,
        Instant createdAt,
        Instant modifiedAt) {
    static final String DEFAULT = "default";

    Bus {
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    String arn() {
        return Arn.of("events", scope, "event-bus/" + name).toString();
    }

    Bus withTags(Map<String, String> changed) {
        return new Bus(name, scope, description, policy, changed, createdAt, modifiedAt);
    }

    Bus withDescription(String changed, Instant now) {
        return new Bus(name, scope, changed, policy, tags, createdAt, now);
    }

    Bus withPolicy(String changed, Instant now) {
        return new Bus(name, scope, description, changed, tags, createdAt, now);
    }
}
