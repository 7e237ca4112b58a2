package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import virga.kernel.Fault;

/** The events of a state machine: each starts an execution with a role of its own. */
final class StateMachineEvents {
    private StateMachineEvents() {}

    static List<ResourceDraft> drafts(EventSource event, JsonNode boundary) {
        return switch (event.type()) {
            case "Schedule", "EventBridgeRule", "CloudWatchEvent" -> rule(event, boundary);
            case "ScheduleV2" -> ScheduleEvents.stateMachine(event);
            case "Api" -> throw Fault.unsupported("AWS::Serverless::StateMachine/Events/Api");
            default ->
                throw SamErrors.resource(
                        event.target().logicalId(),
                        "Event with id [" + event.name()
                                + "] is invalid. Resource dict has missing or invalid value for key Type. Event Type is: "
                                + event.type()
                                + ".");
        };
    }

    private static List<ResourceDraft> rule(EventSource event, JsonNode boundary) {
        boolean scheduled = event.type().equals("Schedule");
        if (scheduled) {
            event.check(
                    Set.of(
                            "Schedule",
                            "Input",
                            "Enabled",
                            "State",
                            "Name",
                            "Description",
                            "DeadLetterConfig",
                            "RetryPolicy",
                            "Target",
                            "RoleArn"),
                    "Schedule");
        } else {
            event.check(Set.of(
                    "EventBusName",
                    "Pattern",
                    "Input",
                    "InputPath",
                    "DeadLetterConfig",
                    "RetryPolicy",
                    "RuleName",
                    "Target",
                    "State",
                    "Enabled",
                    "InputTransformer"));
        }
        ResourceDraft rule = event.draft(event.id(), "AWS::Events::Rule");
        if (scheduled) {
            rule.put("ScheduleExpression", event.get("Schedule"))
                    .put("Name", event.get("Name"))
                    .put("Description", event.get("Description"));
        } else {
            rule.put("EventBusName", event.get("EventBusName"))
                    .put("EventPattern", event.get("Pattern"))
                    .put("Name", event.get("RuleName"));
        }
        rule.put("State", RuleEvents.state(event));
        List<ResourceDraft> drafts = new ArrayList<>(List.of(rule));
        JsonNode roleArn = event.get("RoleArn");
        if (!Nodes.isGiven(roleArn)) {
            ResourceDraft role = event.draft(event.id() + "Role", "AWS::IAM::Role")
                    .put("AssumeRolePolicyDocument", Policies.trust("events.amazonaws.com"))
                    .put(
                            "Policies",
                            Nodes.array(Policies.inline(
                                    event.id() + "RoleStartExecutionPolicy",
                                    "states:StartExecution",
                                    event.target().arn())))
                    .put("PermissionsBoundary", boundary);
            drafts.add(role);
            roleArn = role.arn();
        }
        JsonNode queueArn = DeadLetterQueues.forRule(event, rule, drafts);
        ObjectNode target = Nodes.object("Arn", event.target().arn()).set("RoleArn", roleArn);
        JsonNode id = event.get("Target").path("Id");
        target.set("Id", id.isMissingNode() ? Nodes.text(RuleEvents.targetId(event.id(), "StepFunctionsTarget")) : id);
        for (String name : List.of("Input", "InputPath", "RetryPolicy", "InputTransformer")) {
            if (Nodes.isPresent(event.get(name))) {
                target.set(name, event.get(name));
            }
        }
        if (!queueArn.isMissingNode()) {
            target.set("DeadLetterConfig", Nodes.object("Arn", queueArn));
        }
        rule.put("Targets", Nodes.array(target));
        return drafts;
    }
}
