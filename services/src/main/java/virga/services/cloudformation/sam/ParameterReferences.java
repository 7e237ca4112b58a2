package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces references to parameters by their values, where the transform must know a value to decide something. */
final class ParameterReferences {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)}");

    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final JsonNode mappings;

    ParameterReferences(JsonNode template, Map<String, String> given, String region) {
        template.path("Parameters").properties().forEach(parameter -> {
            JsonNode fallback = parameter.getValue().path("Default");
            if (!fallback.isMissingNode()) {
                values.put(parameter.getKey(), fallback);
            }
        });
        given.forEach((name, value) -> values.put(name, Nodes.text(value)));
        values.put("AWS::Region", Nodes.text(region));
        values.put("AWS::Partition", Nodes.text("aws"));
        mappings = template.path("Mappings");
    }

    /** A copy of {@code node} with every {@code Ref} and {@code Fn::Sub} to a parameter replaced. */
    JsonNode resolve(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Nodes.array();
            node.forEach(item -> array.add(resolve(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1 && node.path("Ref").isTextual()) {
            return values.getOrDefault(node.get("Ref").asText(), node);
        }
        if (node.size() == 1 && node.has("Fn::Sub")) {
            return Nodes.object("Fn::Sub", resolveSub(node.get("Fn::Sub")));
        }
        if (node.size() == 1 && node.has("Fn::FindInMap")) {
            return Nodes.object("Fn::FindInMap", resolve(node.get("Fn::FindInMap")));
        }
        ObjectNode object = Nodes.object();
        node.properties().forEach(field -> object.set(field.getKey(), resolve(field.getValue())));
        return object;
    }

    /** As {@link #resolve}, and {@code Fn::FindInMap} too. */
    JsonNode resolveWithMappings(JsonNode node) {
        JsonNode resolved = resolve(node);
        JsonNode path = resolved.path("Fn::FindInMap");
        if (path.isArray() && path.size() == 3) {
            JsonNode found = mappings.path(path.get(0).asText())
                    .path(path.get(1).asText())
                    .path(path.get(2).asText());
            return found.isMissingNode() ? resolved : found;
        }
        return resolved;
    }

    private JsonNode resolveSub(JsonNode argument) {
        if (argument.isTextual()) {
            return Nodes.text(substituted(argument.asText()));
        }
        if (argument.isArray() && argument.path(0).isTextual()) {
            ArrayNode copy = Nodes.array(Nodes.text(substituted(argument.get(0).asText())));
            for (int i = 1; i < argument.size(); i++) {
                copy.add(resolve(argument.get(i)));
            }
            return copy;
        }
        return argument;
    }

    private String substituted(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            JsonNode value = values.get(matcher.group(1));
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(value == null ? matcher.group() : value.asText()));
        }
        return matcher.appendTail(result).toString();
    }
}
