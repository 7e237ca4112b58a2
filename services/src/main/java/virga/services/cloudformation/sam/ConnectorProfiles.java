package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a connector writes for each pair of resource types, as data with variables in the form {@code %{Source.Arn}}. Source: "AWS SAM
 * connector reference", AWS SAM Developer Guide.
 */
final class ConnectorProfiles {
    private static final JsonNode PROFILES = PolicyData.read("connectors.json");

    private ConnectorProfiles() {}

    /** The profile of a pair; missing where the two cannot be connected. */
    static JsonNode profile(String sourceType, String destinationType) {
        return PROFILES.path("permissions").path(sourceType).path(destinationType);
    }

    /** How resources of a type answer their ARN, name and the like. */
    static JsonNode resource(String type, String logicalId) {
        return replaced(PROFILES.path("resources").path(type), Map.of("logicalId", Nodes.text(logicalId)));
    }

    /** {@code node} with its variables replaced; one whose value is missing is an error. */
    static JsonNode replaced(JsonNode node, Map<String, JsonNode> values) {
        if (node.isArray()) {
            ArrayNode array = Nodes.array();
            node.forEach(item -> array.add(replaced(item, values)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Nodes.object();
            node.properties().forEach(field -> object.set(field.getKey(), replaced(field.getValue(), values)));
            return object;
        }
        return node.isTextual() ? text(node.asText(), values) : node;
    }

    private static JsonNode text(String text, Map<String, JsonNode> values) {
        ObjectNode variables = Nodes.object();
        String result = text;
        for (Map.Entry<String, JsonNode> entry : values.entrySet()) {
            String pattern = "%{" + entry.getKey() + "}";
            if (!result.contains(pattern)) {
                continue;
            }
            if (!Nodes.isPresent(entry.getValue())) {
                throw new IllegalArgumentException(entry.getKey() + " is missing.");
            }
            if (result.equals(pattern)) {
                return entry.getValue();
            }
            String name = entry.getKey().replaceAll("[^A-Za-z0-9]", "");
            result = result.replace(pattern, "${" + name + "}");
            variables.set(name, entry.getValue());
        }
        if (!result.contains("${")) {
            return Nodes.text(result);
        }
        return variables.isEmpty() ? Nodes.sub(result) : Nodes.sub(result, variables);
    }
}
