package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One end of a connector: a resource of the template, or one that is described.
 *
 * @param logicalId empty for a described one
 * @param values what it answers: Arn, ResourceId, Name, Qualifier, QueueUrl, RoleName
 */
record ConnectorEnd(String logicalId, String type, Map<String, JsonNode> values) {
    private static final List<String> DESCRIBED =
            List.of("Arn", "RoleName", "QueueUrl", "ResourceId", "Name", "Qualifier");
    private static final Map<String, String> PLAIN_TYPES = Map.of(
            "AWS::Serverless::Function", "AWS::Lambda::Function",
            "AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine",
            "AWS::Serverless::Api", "AWS::ApiGateway::RestApi",
            "AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api",
            "AWS::Serverless::SimpleTable", "AWS::DynamoDB::Table");

    JsonNode get(String name) {
        return values.getOrDefault(name, Nodes.missing());
    }

    /** @param other the other end, which decides whose role a rule acts with */
    static ConnectorEnd of(String connectorId, JsonNode reference, JsonNode other, ObjectNode resources) {
        boolean byId = reference.has("Id");
        boolean described = reference
                .propertyStream()
                .anyMatch(
                        field -> !field.getKey().equals("Id") && !field.getKey().equals("Qualifier"));
        if (byId == described) {
            throw SamErrors.resource(
                    connectorId,
                    "Must provide 'Id' (with optional 'Qualifier') or a supported combination of other properties.");
        }
        return byId ? named(connectorId, reference, other, resources) : described(connectorId, reference);
    }

    private static ConnectorEnd described(String connectorId, JsonNode reference) {
        if (!reference.path("Type").isTextual()
                || reference.path("Type").asText().isEmpty()) {
            throw SamErrors.resource(connectorId, "'Type' is missing or not a string.");
        }
        String type = reference.get("Type").asText();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        DESCRIBED.forEach(name -> values.put(name, reference.path(name)));
        return new ConnectorEnd("", PLAIN_TYPES.getOrDefault(type, type), values);
    }

    private static ConnectorEnd named(String connectorId, JsonNode reference, JsonNode other, ObjectNode resources) {
        if (!reference.get("Id").isTextual() || reference.get("Id").asText().isEmpty()) {
            throw SamErrors.resource(connectorId, "'Id' is missing or not a string.");
        }
        String logicalId = reference.get("Id").asText();
        JsonNode resource = resources.path(logicalId);
        if (resource.isMissingNode()) {
            throw SamErrors.resource(connectorId, "Unable to find resource with logical ID '" + logicalId + "'.");
        }
        if (!resource.path("Type").isTextual()) {
            throw SamErrors.resource(connectorId, "'Type' is missing or not a string.");
        }
        String type = resource.get("Type").asText();
        JsonNode answers = ConnectorProfiles.resource(type, logicalId);
        JsonNode outputs = answers.path("Outputs");
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("Arn", outputs.path("Arn"));
        values.put("RoleName", roleName(answers.path("Inputs").path("Role"), resource.path("Properties"), other));
        values.put("QueueUrl", outputs.path("Url"));
        values.put("ResourceId", outputs.path("Id"));
        values.put("Name", outputs.path("Name"));
        values.put("Qualifier", reference.has("Qualifier") ? reference.get("Qualifier") : outputs.path("Qualifier"));
        return new ConnectorEnd(logicalId, type, values);
    }

    private static JsonNode roleName(JsonNode input, JsonNode properties, JsonNode other) {
        JsonNode role = input.isTextual() ? properties.path(input.asText()) : Nodes.missing();
        if (input.path("Function").asText("").equals("GetEventsRuleRole")) {
            for (JsonNode target : properties.path("Targets")) {
                JsonNode arn = target.path("Arn");
                boolean same = Nodes.logicalId(arn)
                                .filter(id -> id.equals(other.path("Id").asText("")))
                                .isPresent()
                        || Nodes.isGiven(other.path("Arn")) && arn.equals(other.path("Arn"));
                if (same) {
                    role = target.path("RoleArn");
                    break;
                }
            }
        }
        return Nodes.logicalId(role).<JsonNode>map(Nodes::ref).orElse(Nodes.missing());
    }
}
