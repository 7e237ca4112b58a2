package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of the {@code AWS::LanguageExtensions} transform that changes a template's shape: {@code Fn::ForEach}. Its functions
 * ({@code Fn::Length}, {@code Fn::ToJsonString}, a default for {@code Fn::FindInMap}) are evaluated with all others.
 *
 * <p>Source: "AWS::LanguageExtensions transform" and "Fn::ForEach", AWS CloudFormation User Guide.
 */
public final class LanguageExtensions {
    public static final String NAME = "AWS::LanguageExtensions";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String FOR_EACH = "Fn::ForEach::";

    private final ObjectNode parameters;
    private final Map<String, String> given;

    private LanguageExtensions(ObjectNode parameters, Map<String, String> given) {
        this.parameters = parameters;
        this.given = given;
    }

    /** {@code body} with every loop unrolled. */
    public static ObjectNode expand(ObjectNode body, Map<String, String> givenParameters) {
        ObjectNode parameters = body.path("Parameters") instanceof ObjectNode object ? object : NODES.objectNode();
        LanguageExtensions extensions = new LanguageExtensions(parameters, givenParameters);
        ObjectNode expanded = NODES.objectNode();
        body.properties().forEach(field -> {
            boolean looped = field.getKey().equals("Resources")
                    || field.getKey().equals("Outputs")
                    || field.getKey().equals("Conditions");
            expanded.set(field.getKey(), looped ? extensions.unroll(field.getValue()) : field.getValue());
        });
        return expanded;
    }

    private JsonNode unroll(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> array.add(unroll(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = NODES.objectNode();
        node.properties().forEach(field -> {
            if (field.getKey().startsWith(FOR_EACH)) {
                loop(field.getKey(), field.getValue(), object);
            } else {
                put(object, field.getKey(), unroll(field.getValue()));
            }
        });
        return object;
    }

    private void loop(String name, JsonNode argument, ObjectNode into) {
        if (!argument.isArray()
                || argument.size() != 3
                || !argument.get(0).isTextual()
                || !argument.get(2).isObject()) {
            throw TemplateErrors.template(
                    name + " layout is incorrect: an identifier, a collection and a template are needed");
        }
        String identifier = argument.get(0).asText();
        for (String value : collection(name, argument.get(1))) {
            JsonNode copy = unroll(replaced(argument.get(2), identifier, value));
            copy.properties().forEach(field -> put(into, field.getKey(), field.getValue()));
        }
    }

    private static void put(ObjectNode into, String key, JsonNode value) {
        if (into.has(key)) {
            throw TemplateErrors.format("Duplicate key '" + key + "'.");
        }
        into.set(key, value);
    }

    private List<String> collection(String name, JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode item : node) {
                if (item.isObject()) {
                    values.addAll(collection(name, item));
                } else {
                    values.add(item.asText());
                }
            }
            return values;
        }
        String parameter = node.path("Ref").asText("");
        if (!parameters.has(parameter)) {
            throw TemplateErrors.template(
                    name + " collection could not be resolved: it must be a list or a Ref to a parameter");
        }
        String fallback = parameters.path(parameter).path("Default").asText("");
        ParameterDeclaration declaration = new ParameterDeclaration(parameter, parameters.get(parameter));
        JsonNode value = declaration.value(given.getOrDefault(parameter, fallback));
        if (!value.isArray()) {
            values.add(value.asText());
        }
        value.forEach(item -> values.add(item.asText()));
        return values;
    }

    /** {@code ${X}} takes the value, {@code &{X}} the value without what is not alphanumeric. */
    private static JsonNode replaced(JsonNode node, String identifier, String value) {
        if (node.isTextual()) {
            return NODES.textNode(replacedIn(node.asText(), identifier, value));
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> array.add(replaced(item, identifier, value)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1 && node.path("Ref").asText("").equals(identifier)) {
            return NODES.textNode(value);
        }
        ObjectNode object = NODES.objectNode();
        node.properties()
                .forEach(field -> object.set(
                        replacedIn(field.getKey(), identifier, value), replaced(field.getValue(), identifier, value)));
        return object;
    }

    private static String replacedIn(String text, String identifier, String value) {
        return text.replace("${" + identifier + "}", value)
                .replace("&{" + identifier + "}", value.replaceAll("[^A-Za-z0-9]", ""));
    }
}
