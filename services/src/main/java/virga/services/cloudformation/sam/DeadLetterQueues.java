package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** {@code DeadLetterConfig} of rules and schedules: a queue that is named, or one that is made. */
final class DeadLetterQueues {
    private DeadLetterQueues() {}

    /** The queue's ARN, missing where none is asked for; a made queue and its policy go to {@code drafts}. */
    static JsonNode forRule(EventSource event, ResourceDraft rule, List<ResourceDraft> drafts) {
        JsonNode arn = queue(event, drafts);
        if (arn.isMissingNode() || event.get("DeadLetterConfig").has("Arn")) {
            return arn;
        }
        String queueId = drafts.getLast().logicalId();
        drafts.add(event.draft(event.id() + "QueuePolicy", "AWS::SQS::QueuePolicy")
                .put(
                        "PolicyDocument",
                        Policies.queue(Nodes.object("Service", Nodes.text("events.amazonaws.com")), rule.arn(), arn))
                .put("Queues", Nodes.array(Nodes.ref(queueId))));
        return arn;
    }

    /** As {@link #forRule}, without a policy: the scheduler sends with its own role. */
    static JsonNode queue(EventSource event, List<ResourceDraft> drafts) {
        JsonNode config = event.get("DeadLetterConfig");
        if (!Nodes.isPresent(config)) {
            return Nodes.missing();
        }
        check(event, config);
        if (config.has("Arn")) {
            return config.get("Arn");
        }
        JsonNode named = config.path("QueueLogicalId");
        if (!named.isMissingNode() && !named.isTextual()) {
            throw SamErrors.event(event.id(), "QueueLogicalId must be a string");
        }
        ResourceDraft queue = event.draft(named.isTextual() ? named.asText() : event.id() + "Queue", "AWS::SQS::Queue");
        drafts.add(queue);
        return queue.arn();
    }

    private static void check(EventSource event, JsonNode config) {
        if (config.has("Arn") && config.has("Type")) {
            throw SamErrors.event(event.id(), "You can either define 'Arn' or 'Type' property of DeadLetterConfig.");
        }
        if (config.has("Type") && !config.get("Type").asText().equals("SQS")) {
            throw SamErrors.event(event.id(), "The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.");
        }
        if (!config.has("Arn") && !config.has("Type")) {
            throw SamErrors.event(event.id(), "No 'Arn' or 'Type' property provided for DeadLetterConfig.");
        }
    }
}
