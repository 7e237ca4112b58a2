package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The policy templates of SAM and the paths of AWS's managed policies. Source: the AWS SAM Developer Guide, the IAM reference. */
final class PolicyData {
    private static final JsonNode TEMPLATES = read("policy-templates.json");
    private static final Map<String, String> MANAGED = managed(read("managed-policies.json"));

    private PolicyData() {}

    static boolean isTemplate(String name) {
        return TEMPLATES.has(name);
    }

    /** The policy document of a template, its parameters replaced by the given values. */
    static ObjectNode document(String logicalId, String name, JsonNode values) {
        JsonNode template = TEMPLATES.get(name);
        if (!values.isObject()) {
            throw SamErrors.resource(
                    logicalId, "Must specify valid parameter values for policy template '" + name + "'");
        }
        for (JsonNode parameter : template.get("parameters")) {
            if (!values.has(parameter.asText())) {
                throw SamErrors.resource(
                        logicalId,
                        "Following required parameters of policy template '" + name + "' don't have values: "
                                + missing(template, values));
            }
        }
        return Nodes.object("Statement", replaced(template.get("statement"), values));
    }

    private static String missing(JsonNode template, JsonNode values) {
        return template.get("parameters")
                .valueStream()
                .map(JsonNode::asText)
                .filter(parameter -> !values.has(parameter))
                .map(parameter -> "'" + parameter + "'")
                .toList()
                .toString();
    }

    /** The ARN of a managed policy that AWS keeps. */
    static Optional<String> managedPolicy(String name) {
        return Optional.ofNullable(MANAGED.get(name));
    }

    private static JsonNode replaced(JsonNode node, JsonNode values) {
        if (node.isArray()) {
            ArrayNode array = Nodes.array();
            node.forEach(item -> array.add(replaced(item, values)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1 && values.has(node.path("Ref").asText(""))) {
            return values.get(node.get("Ref").asText());
        }
        ObjectNode object = Nodes.object();
        node.properties().forEach(field -> object.set(field.getKey(), replaced(field.getValue(), values)));
        return object;
    }

    private static Map<String, String> managed(JsonNode byPath) {
        Map<String, String> arns = new HashMap<>();
        byPath.properties()
                .forEach(path -> path.getValue()
                        .forEach(name ->
                                arns.put(name.asText(), "arn:aws:iam::aws:policy/" + path.getKey() + name.asText())));
        return arns;
    }

    static JsonNode read(String name) {
        try (InputStream stream = PolicyData.class.getResourceAsStream(name)) {
            return JsonMapper.builder().build().readTree(stream);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
