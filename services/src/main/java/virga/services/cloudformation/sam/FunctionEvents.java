package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of a function, each by its type. */
final class FunctionEvents {
    private FunctionEvents() {}

    static List<ResourceDraft> drafts(
            TransformState state, ServerlessResource function, InvokeTarget target, ResourceDraft role) {
        List<Map.Entry<String, JsonNode>> events =
                new ArrayList<>(function.get("Events").properties());
        // "$default" sorts before "/": the route that catches all is known before the others ask for permissions.
        events.sort(Comparator.comparing(event -> sortKey(event.getKey(), event.getValue())));
        List<ResourceDraft> drafts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> event : events) {
            drafts.addAll(drafts(source(state, function, target, role, event.getKey(), event.getValue())));
        }
        return drafts;
    }

    private static String sortKey(String name, JsonNode event) {
        JsonNode path = event.path("Properties").path("Path");
        return path.isTextual() ? path.asText() : name;
    }

    private static EventSource source(
            TransformState state,
            ServerlessResource function,
            InvokeTarget target,
            ResourceDraft role,
            String name,
            JsonNode event) {
        if (!event.path("Type").isTextual()) {
            throw SamErrors.resource(
                    function.logicalId(),
                    "Event with id [" + name
                            + "] is invalid. Resource dict has missing or invalid value for key Type. Event Type is: None.");
        }
        JsonNode properties = event.path("Properties");
        ObjectNode content = properties instanceof ObjectNode object ? object : Nodes.object();
        return new EventSource(
                state,
                target,
                Optional.of(role),
                function.logicalId() + name,
                name,
                event.get("Type").asText(),
                content);
    }

    private static List<ResourceDraft> drafts(EventSource event) {
        return switch (event.type()) {
            case "SQS", "Kinesis", "DynamoDB", "MSK" -> StreamEvents.drafts(event);
            case "Schedule" -> RuleEvents.schedule(event);
            case "EventBridgeRule", "CloudWatchEvent" -> RuleEvents.rule(event);
            case "ScheduleV2" -> ScheduleEvents.function(event);
            case "SNS" -> TopicEvents.drafts(event);
            case "S3" -> BucketEvents.drafts(event);
            case "Cognito" -> UserPoolEvents.drafts(event);
            case "HttpApi" -> HttpApiEvents.drafts(event);
            case "Api" -> RestApiEvents.drafts(event);
            case "CloudWatchLogs" -> logs(event);
            case "AlexaSkill" ->
                List.of(event.permission("alexa-appkit.amazon.com", Nodes.missing())
                        .put("EventSourceToken", event.get("SkillId")));
            case "IoTRule" -> topicRule(event);
            case "MQ", "SelfManagedKafka", "DocumentDB" ->
                throw virga.kernel.Fault.unsupported("AWS::Serverless::Function/Events/" + event.type());
            default ->
                throw SamErrors.resource(
                        event.target().logicalId(),
                        "Event with id [" + event.name()
                                + "] is invalid. Resource dict has missing or invalid value for key Type. Event Type is: "
                                + event.type()
                                + ".");
        };
    }

    private static List<ResourceDraft> logs(EventSource event) {
        event.check(java.util.Set.of("LogGroupName", "FilterPattern"), "LogGroupName", "FilterPattern");
        JsonNode arn = Nodes.sub(
                "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*",
                Nodes.object("__LogGroupName__", event.get("LogGroupName")));
        ResourceDraft permission = event.permission("logs.amazonaws.com", arn);
        ResourceDraft filter = event.draft(event.id(), "AWS::Logs::SubscriptionFilter")
                .attribute("DependsOn", Nodes.texts(permission.logicalId()))
                .put("LogGroupName", event.get("LogGroupName"))
                .put("FilterPattern", event.get("FilterPattern"))
                .put("DestinationArn", event.target().arn());
        return List.of(permission, filter);
    }

    private static List<ResourceDraft> topicRule(EventSource event) {
        event.check(java.util.Set.of("Sql", "AwsIotSqlVersion"), "Sql");
        JsonNode arn = Nodes.sub(
                "arn:aws:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}",
                Nodes.object("RuleName", Nodes.ref(event.id())));
        ObjectNode payload = Nodes.object("Sql", event.get("Sql")).put("RuleDisabled", false);
        payload.set(
                "Actions",
                Nodes.array(Nodes.object(
                        "Lambda", Nodes.object("FunctionArn", event.target().arn()))));
        if (event.has("AwsIotSqlVersion")) {
            payload.set("AwsIotSqlVersion", event.get("AwsIotSqlVersion"));
        }
        return List.of(
                event.permission("iot.amazonaws.com", arn).put("SourceAccount", Nodes.sub("${AWS::AccountId}")),
                event.draft(event.id(), "AWS::IoT::TopicRule").put("TopicRulePayload", payload));
    }
}
