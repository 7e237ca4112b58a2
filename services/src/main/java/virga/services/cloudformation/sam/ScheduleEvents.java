package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code ScheduleV2}: a schedule of EventBridge Scheduler and the role that it acts with. */
final class ScheduleEvents {
    private ScheduleEvents() {}

    static List<ResourceDraft> function(EventSource event) {
        return drafts(
                event,
                Policies.inline(
                        event.id() + "LambdaPolicy",
                        "lambda:InvokeFunction",
                        event.target().arn()));
    }

    static List<ResourceDraft> stateMachine(EventSource event) {
        return drafts(
                event,
                Policies.inline(
                        event.id() + "StartExecutionPolicy",
                        "states:StartExecution",
                        event.target().arn()));
    }

    private static List<ResourceDraft> drafts(EventSource event, ObjectNode policy) {
        event.check(
                Set.of(
                        "PermissionsBoundary",
                        "ScheduleExpression",
                        "FlexibleTimeWindow",
                        "Name",
                        "State",
                        "Description",
                        "StartDate",
                        "EndDate",
                        "ScheduleExpressionTimezone",
                        "GroupName",
                        "KmsKeyArn",
                        "Input",
                        "RoleArn",
                        "DeadLetterConfig",
                        "RetryPolicy",
                        "OmitName"),
                "ScheduleExpression");
        List<ResourceDraft> drafts = new ArrayList<>();
        ResourceDraft schedule = schedule(event);
        drafts.add(schedule);
        JsonNode queueArn = DeadLetterQueues.queue(event, drafts);
        JsonNode roleArn = event.get("RoleArn");
        if (!Nodes.isGiven(roleArn)) {
            ResourceDraft role = event.draft(event.id() + "Role", "AWS::IAM::Role")
                    .put("AssumeRolePolicyDocument", Policies.trust("scheduler.amazonaws.com"));
            ArrayNode policies = Nodes.array(policy);
            if (!queueArn.isMissingNode()) {
                policies.add(Policies.destination("SQS", queueArn, event.id()));
            }
            role.put("Policies", policies).put("PermissionsBoundary", event.get("PermissionsBoundary"));
            drafts.add(role);
            roleArn = role.arn();
        }
        ObjectNode target = Nodes.object("Arn", event.target().arn()).set("RoleArn", roleArn);
        if (Nodes.isPresent(event.get("Input"))) {
            target.set("Input", event.get("Input"));
        }
        if (!queueArn.isMissingNode()) {
            target.set("DeadLetterConfig", Nodes.object("Arn", queueArn));
        }
        if (Nodes.isPresent(event.get("RetryPolicy"))) {
            target.set("RetryPolicy", event.get("RetryPolicy"));
        }
        schedule.put("Target", target);
        return drafts;
    }

    private static ResourceDraft schedule(EventSource event) {
        ResourceDraft schedule = event.draft(event.id(), "AWS::Scheduler::Schedule")
                .put("ScheduleExpression", event.get("ScheduleExpression"));
        if (event.has("State")) {
            schedule.put("State", event.get("State"));
        }
        if (!event.has("OmitName")) {
            schedule.put("Name", event.has("Name") ? event.get("Name") : Nodes.text(event.id()));
        } else if (event.has("Name")) {
            throw SamErrors.event(event.id(), "Name cannot be set when OmitName is True");
        }
        JsonNode window = event.get("FlexibleTimeWindow");
        schedule.put("FlexibleTimeWindow", Nodes.isGiven(window) ? window : Nodes.object("Mode", Nodes.text("OFF")));
        for (String name : List.of(
                "Description", "StartDate", "EndDate", "ScheduleExpressionTimezone", "GroupName", "KmsKeyArn")) {
            schedule.put(name, event.get(name));
        }
        return schedule;
    }
}
