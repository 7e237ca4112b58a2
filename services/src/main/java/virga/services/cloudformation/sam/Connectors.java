package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import virga.kernel.Fault;

/** {@code AWS::Serverless::Connector} and the attribute {@code Connectors}: what one resource may do with another. */
final class Connectors {
    private final TransformState state;
    private final ServerlessResource connector;
    private final Set<String> permissions = new TreeSet<>();

    Connectors(TransformState state, ServerlessResource connector) {
        this.state = state;
        this.connector = connector;
    }

    /** Makes connectors of the attributes. */
    static void takeOut(ObjectNode resources) {
        Map<String, ObjectNode> made = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : List.copyOf(resources.properties())) {
            JsonNode attribute = entry.getValue().path("Connectors");
            if (attribute.isMissingNode()) {
                continue;
            }
            if (!attribute.isObject()) {
                throw SamErrors.document(List.of(SamErrors.resource(
                        entry.getKey(), "Attribute '" + entry.getKey() + ".Connectors' should be a map.")));
            }
            attribute
                    .properties()
                    .forEach(field -> made.put(
                            entry.getKey() + field.getKey(),
                            embedded(entry.getKey(), field.getKey(), field.getValue())));
            ((ObjectNode) entry.getValue()).remove("Connectors");
        }
        made.forEach(resources::set);
    }

    private static ObjectNode embedded(String sourceId, String name, JsonNode attribute) {
        if (!attribute.path("Properties").isObject()) {
            throw SamErrors.document(List.of(
                    SamErrors.resource(sourceId, "Attribute 'Connectors." + name + ".Properties' should be a map.")));
        }
        ObjectNode declaration = Nodes.copy(attribute).put("Type", "AWS::Serverless::Connector");
        ObjectNode properties = (ObjectNode) declaration.get("Properties");
        ObjectNode source = Nodes.object("Id", Nodes.text(sourceId));
        if (properties.remove("SourceReference") instanceof ObjectNode reference) {
            if (reference.has("Id")) {
                throw SamErrors.document(
                        List.of(SamErrors.resource(name, "'Id' shouldn't be defined in 'SourceReference'.")));
            }
            source.setAll(reference);
        }
        properties.set("Source", source);
        return declaration;
    }

    List<ResourceDraft> transform() {
        connector.allow(Set.of("Source", "Destination", "Permissions"));
        connector.require("Source", "Destination", "Permissions");
        connector.get("Permissions").forEach(permission -> permissions.add(permission.asText()));
        JsonNode destinations = connector.get("Destination");
        List<ResourceDraft> drafts = new ArrayList<>();
        if (!destinations.isArray()) {
            drafts.addAll(connect(destinations, ""));
        }
        for (int i = 0; destinations.isArray() && i < destinations.size(); i++) {
            drafts.addAll(connect(destinations.get(i), "Destination" + i));
        }
        if (drafts.isEmpty()) {
            throw fault("'Destination' is an empty list");
        }
        replaceDependsOn(drafts);
        return drafts;
    }

    private Fault fault(String message) {
        return SamErrors.resource(connector.logicalId(), message);
    }

    private List<ResourceDraft> connect(JsonNode reference, String suffix) {
        ConnectorEnd destination =
                ConnectorEnd.of(connector.logicalId(), reference, connector.get("Source"), state.resultResources());
        ConnectorEnd source =
                ConnectorEnd.of(connector.logicalId(), connector.get("Source"), reference, state.resultResources());
        JsonNode profile = ConnectorProfiles.profile(source.type(), destination.type());
        if (profile.isMissingNode()) {
            throw fault("Unable to create connector from " + source.type() + " to " + destination.type()
                    + "; it's not supported or the template is invalid.");
        }
        checkPermissions(profile.get("Properties"), source, destination);
        JsonNode properties = replaced(profile.get("Properties"), source, destination);
        boolean ofSource = Nodes.isGiven(properties.path("SourcePolicy"));
        ConnectorEnd owner = ofSource ? source : destination;
        String side = ofSource ? "Source" : "Destination";
        List<ResourceDraft> drafts = switch (profile.get("Type").asText()) {
            case "AWS_IAM_ROLE_MANAGED_POLICY" -> {
                JsonNode role = require(owner.get("RoleName"), "IAM role name", side);
                ResourceDraft policy = draft("Policy" + suffix, "AWS::IAM::ManagedPolicy")
                        .put("PolicyDocument", document(properties))
                        .put("Roles", Nodes.array(role));
                order(properties.path("DependedBy").asText(""), source, destination, policy.logicalId());
                yield List.of(policy);
            }
            case "AWS_SQS_QUEUE_POLICY" ->
                List.of(draft("QueuePolicy" + suffix, "AWS::SQS::QueuePolicy")
                        .put("PolicyDocument", document(properties))
                        .put("Queues", Nodes.array(require(owner.get("QueueUrl"), "SQS queue URL", side))));
            case "AWS_SNS_TOPIC_POLICY" ->
                List.of(draft("TopicPolicy" + suffix, "AWS::SNS::TopicPolicy")
                        .put("PolicyDocument", document(properties))
                        .put("Topics", Nodes.array(require(owner.get("Arn"), "SNS topic ARN", side))));
            default -> lambdaPermissions(properties, require(owner.get("Arn"), "Lambda function ARN", side), suffix);
        };
        drafts.forEach(draft -> draft.attribute("Metadata", metadata(source, destination)));
        return drafts;
    }

    private ResourceDraft draft(String suffix, String type) {
        return new ResourceDraft(connector.logicalId() + suffix, type, connector.attributes());
    }

    private JsonNode require(JsonNode value, String what, String side) {
        if (!Nodes.isGiven(value)) {
            throw fault("Unable to get " + what + " from '" + side + "' resource.");
        }
        return value;
    }

    private void checkPermissions(JsonNode profile, ConnectorEnd source, ConnectorEnd destination) {
        List<String> valid = profile.get("AccessCategories")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
        if (permissions.isEmpty()) {
            throw fault("'Permissions' cannot be empty; valid values are: " + String.join(", ", valid) + ".");
        }
        String refused =
                "Unsupported 'Permissions' provided for connector from " + source.type() + " to " + destination.type();
        if (!valid.containsAll(permissions)) {
            throw fault(refused + "; valid values are: " + String.join(", ", valid) + ".");
        }
        JsonNode combinations = profile.path("ValidAccessCategories");
        boolean allowed = combinations.isMissingNode()
                || combinations.valueStream().anyMatch(one -> sorted(one).equals(permissions));
        if (!allowed) {
            List<String> shown = combinations
                    .valueStream()
                    .map(one -> String.join(" + ", sorted(one)))
                    .toList();
            throw fault(refused + "; valid combinations are: " + String.join(", ", shown) + ".");
        }
    }

    private static Set<String> sorted(JsonNode names) {
        Set<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(name.asText()));
        return sorted;
    }

    private JsonNode replaced(JsonNode profile, ConnectorEnd source, ConnectorEnd destination) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String name : List.of("Arn", "ResourceId", "Name", "Qualifier")) {
            values.put("Source." + name, source.get(name));
            values.put("Destination." + name, destination.get(name));
        }
        try {
            return ConnectorProfiles.replaced(profile, values);
        } catch (IllegalArgumentException missing) {
            throw fault(missing.getMessage());
        }
    }

    private ObjectNode document(JsonNode profile) {
        ArrayNode statements = Nodes.array();
        profile.get("AccessCategories").properties().forEach(category -> {
            if (permissions.contains(category.getKey())) {
                category.getValue().get("Statement").forEach(statements::add);
            }
        });
        return Nodes.object("Version", Nodes.text("2012-10-17")).set("Statement", statements);
    }

    private List<ResourceDraft> lambdaPermissions(JsonNode profile, JsonNode functionArn, String suffix) {
        List<ResourceDraft> drafts = new ArrayList<>();
        profile.get("AccessCategories").properties().forEach(category -> {
            if (permissions.contains(category.getKey())) {
                JsonNode grant = category.getValue();
                drafts.add(draft(category.getKey() + "LambdaPermission" + suffix, "AWS::Lambda::Permission")
                        .put("Action", grant.path("Action"))
                        .put("FunctionName", functionArn)
                        .put("Principal", grant.path("Principal"))
                        .put("SourceArn", grant.path("SourceArn"))
                        .put("SourceAccount", grant.path("SourceAccount")));
            }
        });
        return drafts;
    }

    /** Makes what needs the policy wait for it. */
    private void order(String dependedBy, ConnectorEnd source, ConnectorEnd destination, String policyId) {
        if (dependedBy.equals("SOURCE") && !source.logicalId().isEmpty()) {
            depend((ObjectNode) state.resultResources().get(source.logicalId()), policyId);
        }
        if (!dependedBy.equals("DESTINATION_EVENT_SOURCE_MAPPING")
                || source.logicalId().isEmpty()) {
            return;
        }
        List<JsonNode> mappings = state.resultResources()
                .valueStream()
                .filter(resource -> resource.path("Type").asText("").equals("AWS::Lambda::EventSourceMapping"))
                .filter(resource ->
                        names(resource, "FunctionName", destination) && names(resource, "EventSourceArn", source))
                .toList();
        if (mappings.size() == 1) {
            depend((ObjectNode) mappings.getFirst(), policyId);
        }
    }

    private static boolean names(JsonNode resource, String property, ConnectorEnd end) {
        return Nodes.logicalId(resource.path("Properties").path(property))
                .filter(end.logicalId()::equals)
                .isPresent();
    }

    private static void depend(ObjectNode resource, String name) {
        ArrayNode names = dependsOn(resource);
        if (names.valueStream().noneMatch(known -> known.asText().equals(name))) {
            names.add(name);
        }
        resource.set("DependsOn", names);
    }

    private static ArrayNode dependsOn(JsonNode resource) {
        JsonNode given = resource.path("DependsOn");
        return given instanceof ArrayNode array ? array : given.isTextual() ? Nodes.array(given) : Nodes.array();
    }

    /** Who depends on the connector depends on all that it became. */
    private void replaceDependsOn(List<ResourceDraft> drafts) {
        for (JsonNode resource : state.resultResources()) {
            ArrayNode names = dependsOn(resource);
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).asText().equals(connector.logicalId())) {
                    names.remove(i);
                    ((ObjectNode) resource).set("DependsOn", names);
                    drafts.forEach(draft -> depend((ObjectNode) resource, draft.logicalId()));
                    break;
                }
            }
        }
    }

    private ObjectNode metadata(ConnectorEnd source, ConnectorEnd destination) {
        ObjectNode ends = Nodes.object("Source", Nodes.object("Type", Nodes.text(originalType(source))));
        ends.set("Destination", Nodes.object("Type", Nodes.text(originalType(destination))));
        ObjectNode own =
                connector.attributes().path("Metadata") instanceof ObjectNode given ? given.deepCopy() : Nodes.object();
        return own.set("aws:sam:connectors", Nodes.object(connector.logicalId(), ends));
    }

    private String originalType(ConnectorEnd end) {
        return state.resources().path(end.logicalId()).path("Type").asText(end.type());
    }
}
