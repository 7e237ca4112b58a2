package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Events that EventBridge rules bring: by schedule or by pattern. */
final class RuleEvents {
    private static final int LONGEST_TARGET_ID = 64;

    private RuleEvents() {}

    static List<ResourceDraft> schedule(EventSource event) {
        event.check(
                Set.of(
                        "Schedule",
                        "RuleName",
                        "Input",
                        "Enabled",
                        "State",
                        "Name",
                        "Description",
                        "DeadLetterConfig",
                        "RetryPolicy"),
                "Schedule");
        ResourceDraft rule = event.draft(event.id(), "AWS::Events::Rule")
                .put("ScheduleExpression", event.get("Schedule"))
                .put("State", state(event))
                .put("Name", event.get("Name"))
                .put("Description", event.get("Description"));
        return drafts(event, rule);
    }

    static List<ResourceDraft> rule(EventSource event) {
        event.check(Set.of(
                "EventBusName",
                "RuleName",
                "Pattern",
                "DeadLetterConfig",
                "RetryPolicy",
                "Input",
                "InputPath",
                "Target",
                "Enabled",
                "State",
                "InputTransformer"));
        ResourceDraft rule = event.draft(event.id(), "AWS::Events::Rule")
                .put("EventBusName", event.get("EventBusName"))
                .put("EventPattern", event.get("Pattern"))
                .put("Name", event.get("RuleName"))
                .put("State", state(event));
        return drafts(event, rule);
    }

    private static List<ResourceDraft> drafts(EventSource event, ResourceDraft rule) {
        List<ResourceDraft> drafts = new ArrayList<>();
        drafts.add(rule);
        JsonNode queueArn = DeadLetterQueues.forRule(event, rule, drafts);
        ObjectNode target = Nodes.object("Arn", event.target().arn()).set("Id", targetId(event));
        for (String name : List.of("Input", "InputPath", "RetryPolicy", "InputTransformer")) {
            if (Nodes.isPresent(event.get(name))) {
                target.set(name, event.get(name));
            }
        }
        if (!queueArn.isMissingNode()) {
            target.set("DeadLetterConfig", Nodes.object("Arn", queueArn));
        }
        rule.put("Targets", Nodes.array(target));
        drafts.add(event.permission("events.amazonaws.com", rule.arn()));
        return drafts;
    }

    private static JsonNode targetId(EventSource event) {
        JsonNode given = event.get("Target").path("Id");
        return given.isMissingNode() ? Nodes.text(targetId(event.id(), "LambdaTarget")) : given;
    }

    static String targetId(String id, String suffix) {
        int room = LONGEST_TARGET_ID - suffix.length();
        return (id.length() > room ? id.substring(0, room) : id) + suffix;
    }

    static JsonNode state(EventSource event) {
        JsonNode enabled = event.get("Enabled");
        if (event.has("State") && Nodes.isPresent(enabled)) {
            throw SamErrors.event(event.name(), "State and Enabled Properties cannot both be specified.");
        }
        if (event.has("State")) {
            return event.get("State");
        }
        return Nodes.isPresent(enabled) ? Nodes.text(Nodes.isGiven(enabled) ? "ENABLED" : "DISABLED") : Nodes.missing();
    }
}
