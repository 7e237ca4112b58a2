package virga.services.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Scope;

/**
 * A rule with its targets.
 *
 * @param pattern an event pattern, or empty
 * @param schedule a schedule expression, or empty
 * @param targets by their ids, in the order they were added
 */
record Rule(
        String name,
        String bus,
        Scope scope,
        String description,
        String pattern,
        String schedule,
        boolean enabled,
        Map<String, Target> targets,
        Map<String, String> tags,
        Instant createdAt) {
    Rule {
        targets = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    String arn() {
        String path = bus.equals(Bus.DEFAULT) ? name : bus + "/" + name;
        return Arn.of("events", scope, "rule/" + path).toString();
    }

    Rule withTargets(Map<String, Target> changed) {
        return new Rule(name, bus, scope, description, pattern, schedule, enabled, changed, tags, createdAt);
    }

    Rule withEnabled(boolean changed) {
        return new Rule(name, bus, scope, description, pattern, schedule, changed, targets, tags, createdAt);
    }

    Rule withTags(Map<String, String> changed) {
        return new Rule(name, bus, scope, description, pattern, schedule, enabled, targets, changed, createdAt);
    }
}
