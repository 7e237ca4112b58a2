package virga.services.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Scope;

/**
 * A queue.
 *
 * @param id names the queue's messages; another for each creation
 * @param attributes as the user set them; the others have their defaults
 * @param purgedAt when it was last purged, or {@link Instant#EPOCH}
 */
record Queue(
        String id,
        Scope scope,
        String name,
        Map<String, String> attributes,
        Map<String, String> tags,
        Instant createdAt,
        Instant modifiedAt,
        Instant purgedAt) {
    Queue {
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    String arn() {
        return Arn.of("sqs", scope, name).toString();
    }

    /** What those who wait for messages listen to. */
    String signal() {
        return "sqs/" + id;
    }

    String attribute(QueueAttribute attribute) {
        return attributes.getOrDefault(attribute.wireName(), attribute.standard());
    }

    private Duration seconds(QueueAttribute attribute) {
        return Duration.ofSeconds(Long.parseLong(attribute(attribute)));
    }

    Duration visibilityTimeout() {
        return seconds(QueueAttribute.VISIBILITY_TIMEOUT);
    }

    Duration delay() {
        return seconds(QueueAttribute.DELAY_SECONDS);
    }

    Duration receiveWait() {
        return seconds(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
    }

    Duration retention() {
        return seconds(QueueAttribute.MESSAGE_RETENTION_PERIOD);
    }

    int maximumMessageSize() {
        return Integer.parseInt(attribute(QueueAttribute.MAXIMUM_MESSAGE_SIZE));
    }

    Optional<RedrivePolicy> redrive() {
        String policy = attribute(QueueAttribute.REDRIVE_POLICY);
        return policy.isEmpty() ? Optional.empty() : Optional.of(RedrivePolicy.parse(policy));
    }

    Queue withAttributes(Map<String, String> changes, Instant now) {
        Map<String, String> changed = new TreeMap<>(attributes);
        changes.forEach((name, value) -> {
            // An empty policy removes it, as on AWS.
            if (value.isEmpty()) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        });
        return new Queue(id, scope, name, changed, tags, createdAt, now, purgedAt);
    }

    Queue withTags(Map<String, String> changed) {
        return new Queue(id, scope, name, attributes, changed, createdAt, modifiedAt, purgedAt);
    }

    Queue purged(Instant now) {
        return new Queue(id, scope, name, attributes, tags, createdAt, modifiedAt, now);
    }
}
