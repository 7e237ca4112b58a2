package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code EventInvokeConfig}: retries and destinations of asynchronous invocations; queues and topics are made where none is named. */
final class EventInvokeConfig {
    private static final List<String> TYPES = List.of("SQS", "SNS", "EventBridge", "Lambda", "S3Bucket");

    /** @param policies what the function's role must be allowed */
    record Result(List<ResourceDraft> drafts, List<ObjectNode> policies) {}

    private final TransformState state;
    private final ServerlessResource function;
    private final String id;
    private final List<ResourceDraft> drafts = new ArrayList<>();
    private final List<ObjectNode> policies = new ArrayList<>();

    private EventInvokeConfig(TransformState state, ServerlessResource function) {
        this.state = state;
        this.function = function;
        this.id = function.logicalId() + "EventInvokeConfig";
    }

    static Result of(
            TransformState state, ServerlessResource function, ResourceDraft lambda, Optional<ResourceDraft> alias) {
        if (!function.has("EventInvokeConfig")) {
            return new Result(List.of(), List.of());
        }
        EventInvokeConfig config = new EventInvokeConfig(state, function);
        config.make(lambda, alias);
        return new Result(config.drafts, config.policies);
    }

    private void make(ResourceDraft lambda, Optional<ResourceDraft> alias) {
        JsonNode config = state.parameters().resolve(function.get("EventInvokeConfig"));
        ResourceDraft draft = new ResourceDraft(id, "AWS::Lambda::EventInvokeConfig", attributes());
        alias.ifPresent(present -> draft.attribute("DependsOn", Nodes.texts(present.logicalId())));
        ObjectNode destinations = Nodes.object();
        for (String outcome : List.of("OnSuccess", "OnFailure")) {
            JsonNode given = config.path("DestinationConfig").path(outcome);
            if (Nodes.isPresent(given)) {
                destinations.set(outcome, Nodes.object("Destination", destination(given, outcome)));
            }
        }
        draft.put("FunctionName", lambda.ref());
        draft.put("Qualifier", alias.map(present -> present.property("Name")).orElse(Nodes.text("$LATEST")));
        draft.put("DestinationConfig", destinations);
        draft.put("MaximumEventAgeInSeconds", config.path("MaximumEventAgeInSeconds"));
        draft.put("MaximumRetryAttempts", config.path("MaximumRetryAttempts"));
        drafts.add(draft);
    }

    private ObjectNode attributes() {
        ObjectNode attributes = function.attributes();
        attributes.remove("DependsOn");
        return attributes;
    }

    private JsonNode destination(JsonNode given, String outcome) {
        String type = given.path("Type").asText("");
        if (!TYPES.contains(type)) {
            throw SamErrors.resource(
                    function.logicalId(),
                    "'Type: " + (type.isEmpty() ? "None" : type) + "' must be one of "
                            + TYPES.stream().map(name -> "'" + name + "'").toList());
        }
        JsonNode arn = given.path("Destination");
        Optional<String> absentUnder = absentUnder(arn);
        if (Nodes.isPresent(arn) && absentUnder.isEmpty()) {
            policies.add((ObjectNode) Policies.destination(type, arn, id + outcome));
            return arn;
        }
        if (!type.equals("SQS") && !type.equals("SNS")) {
            throw SamErrors.resource(function.logicalId(), "Destination is required if Type is not ['SQS', 'SNS']");
        }
        boolean queue = type.equals("SQS");
        ResourceDraft made = new ResourceDraft(
                id + outcome + (queue ? "Queue" : "Topic"),
                queue ? "AWS::SQS::Queue" : "AWS::SNS::Topic",
                function.passedAttributes());
        combined(absentUnder).ifPresent(condition -> made.attribute("Condition", Nodes.text(condition)));
        JsonNode madeArn = queue ? made.arn() : made.ref();
        JsonNode destination = absentUnder
                .<JsonNode>map(condition -> Nodes.conditional(condition, madeArn, presentBranch(arn)))
                .orElse(madeArn);
        drafts.add(made);
        policies.add((ObjectNode) Policies.destination(type, destination, id + outcome));
        return destination;
    }

    /** The condition under which a conditional destination is left to SAM; made by negation where it is the other branch. */
    private Optional<String> absentUnder(JsonNode arn) {
        if (!Nodes.isIf(arn)) {
            return Optional.empty();
        }
        JsonNode branches = arn.get("Fn::If");
        if (!branches.isArray() || branches.size() != 3) {
            throw SamErrors.resource(id, "Malformed 'Destination' property: Fn::If requires 3 arguments.");
        }
        boolean first = Nodes.isNoValue(branches.get(1));
        boolean second = Nodes.isNoValue(branches.get(2));
        String condition = branches.get(0).asText();
        if (first == second) {
            return Optional.empty();
        }
        if (first) {
            return Optional.of(condition);
        }
        String name = "NOT" + condition + LogicalIds.hash(id);
        state.condition(name, Nodes.object("Fn::Not", Nodes.array(Nodes.object("Condition", Nodes.text(condition)))));
        return Optional.of(name);
    }

    private static JsonNode presentBranch(JsonNode arn) {
        JsonNode branches = arn.get("Fn::If");
        return Nodes.isNoValue(branches.get(1)) ? branches.get(2) : branches.get(1);
    }

    private Optional<String> combined(Optional<String> property) {
        Optional<String> own = function.condition();
        if (own.isEmpty() || property.isEmpty()) {
            return property.or(() -> own);
        }
        String name = own.get() + "AND" + property.get() + LogicalIds.hash(function.logicalId());
        state.condition(
                name,
                Nodes.object(
                        "Fn::And",
                        Nodes.array(
                                Nodes.object("Condition", Nodes.text(own.get())),
                                Nodes.object("Condition", Nodes.text(property.get())))));
        return Optional.of(name);
    }
}
