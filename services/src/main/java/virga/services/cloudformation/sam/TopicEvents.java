package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code SNS}: a subscription of the function, or of a queue between topic and function. */
final class TopicEvents {
    private TopicEvents() {}

    static List<ResourceDraft> drafts(EventSource event) {
        event.check(
                Set.of("Topic", "Region", "FilterPolicy", "FilterPolicyScope", "SqsSubscription", "RedrivePolicy"),
                "Topic");
        JsonNode queue = event.get("SqsSubscription");
        if (!Nodes.isGiven(queue)) {
            return List.of(
                    event.permission("sns.amazonaws.com", event.get("Topic")),
                    subscription(event, "lambda", event.target().arn()));
        }
        if (queue.isBoolean()) {
            ResourceDraft made = event.draft(event.id() + "Queue", "AWS::SQS::Queue");
            JsonNode fifo = fifo(event);
            made.put("FifoQueue", Nodes.isGiven(fifo) ? fifo : Nodes.missing());
            List<ResourceDraft> drafts = new ArrayList<>(mapping(event, made.arn(), Nodes.missing()));
            drafts.add(made);
            drafts.add(policy(event, event.id() + "QueuePolicy", made.arn(), made.ref()));
            drafts.add(subscription(event, "sqs", made.arn()));
            return drafts;
        }
        if (!queue.isObject()) {
            throw SamErrors.event(event.name(), "Property 'SqsSubscription' should be a map.");
        }
        JsonNode arn = queue.path("QueueArn");
        if (!Nodes.isGiven(arn) || !Nodes.isGiven(queue.path("QueueUrl"))) {
            throw SamErrors.event(event.name(), "No QueueARN or QueueURL provided.");
        }
        List<ResourceDraft> drafts = new ArrayList<>(mapping(event, arn, queue.path("BatchSize")));
        String policyId = queue.path("QueuePolicyLogicalId").asText("");
        drafts.add(
                policy(event, policyId.isEmpty() ? event.id() + "QueuePolicy" : policyId, arn, queue.get("QueueUrl")));
        drafts.add(subscription(event, "sqs", arn));
        return drafts;
    }

    private static JsonNode fifo(EventSource event) {
        return Nodes.logicalId(event.get("Topic"))
                .map(id -> event.state().resources().path(id).path("Properties").path("FifoTopic"))
                .map(event.state().parameters()::resolve)
                .orElse(Nodes.missing());
    }

    private static List<ResourceDraft> mapping(EventSource event, JsonNode queueArn, JsonNode batchSize) {
        ObjectNode properties = Nodes.object("Queue", queueArn);
        if (Nodes.isGiven(batchSize)) {
            properties.set("BatchSize", batchSize);
        } else {
            properties.put("BatchSize", 10);
        }
        properties.put("Enabled", true);
        return StreamEvents.drafts(new EventSource(
                event.state(),
                event.target(),
                event.role(),
                event.id() + "EventSourceMapping",
                event.name(),
                "SQS",
                properties));
    }

    private static ResourceDraft policy(EventSource event, String id, JsonNode queueArn, JsonNode queueUrl) {
        return event.draft(id, "AWS::SQS::QueuePolicy")
                .put("PolicyDocument", Policies.queue(Nodes.text("*"), event.get("Topic"), queueArn))
                .put("Queues", Nodes.array(queueUrl));
    }

    private static ResourceDraft subscription(EventSource event, String protocol, JsonNode endpoint) {
        return event.draft(event.id(), "AWS::SNS::Subscription")
                .put("Protocol", protocol)
                .put("Endpoint", endpoint)
                .put("TopicArn", event.get("Topic"))
                .put("Region", event.get("Region"))
                .put("FilterPolicy", event.get("FilterPolicy"))
                .put("FilterPolicyScope", event.get("FilterPolicyScope"))
                .put("RedrivePolicy", event.get("RedrivePolicy"));
    }
}
