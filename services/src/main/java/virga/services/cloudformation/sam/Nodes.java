package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Short words for the JSON that the transform writes: references, substitutions, conditionals. */
final class Nodes {
    private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

    private Nodes() {}

    static ObjectNode object() {
        return FACTORY.objectNode();
    }

    /** An object of the given fields; missing values are left out. */
    static ObjectNode object(String name, JsonNode value) {
        ObjectNode object = object();
        return value.isMissingNode() ? object : object.set(name, value);
    }

    static ArrayNode array(JsonNode... items) {
        ArrayNode array = FACTORY.arrayNode();
        for (JsonNode item : items) {
            array.add(item);
        }
        return array;
    }

    static ArrayNode texts(String... items) {
        ArrayNode array = FACTORY.arrayNode();
        for (String item : items) {
            array.add(item);
        }
        return array;
    }

    static JsonNode text(String value) {
        return FACTORY.textNode(value);
    }

    static JsonNode yes() {
        return FACTORY.booleanNode(true);
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    static ObjectNode ref(String name) {
        return object("Ref", text(name));
    }

    static ObjectNode getAtt(String logicalId, String attribute) {
        return object("Fn::GetAtt", texts(logicalId, attribute));
    }

    static ObjectNode sub(String pattern) {
        return object("Fn::Sub", text(pattern));
    }

    static ObjectNode sub(String pattern, ObjectNode variables) {
        return object("Fn::Sub", array(text(pattern), variables));
    }

    static ObjectNode noValue() {
        return ref("AWS::NoValue");
    }

    static ObjectNode conditional(String condition, JsonNode then) {
        return conditional(condition, then, noValue());
    }

    static ObjectNode conditional(String condition, JsonNode then, JsonNode otherwise) {
        return object("Fn::If", array(text(condition), then, otherwise));
    }

    static boolean isIntrinsic(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            return false;
        }
        String key = node.fieldNames().next();
        return key.equals("Ref") || key.equals("Condition") || key.startsWith("Fn::");
    }

    static boolean isIf(JsonNode node) {
        return isIntrinsic(node) && node.has("Fn::If");
    }

    static boolean isNoValue(JsonNode node) {
        return isIntrinsic(node) && node.path("Ref").asText("").equals("AWS::NoValue");
    }

    /** Whether a property counts as given: absent, null, false, zero and empty do not. */
    static boolean isGiven(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> node.asDouble() != 0;
            case STRING -> !node.asText().isEmpty();
            case ARRAY, OBJECT -> !node.isEmpty();
            case BINARY, POJO -> true;
        };
    }

    static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The logical id that a {@code Ref} or {@code Fn::GetAtt} names. */
    static Optional<String> logicalId(JsonNode node) {
        if (!isIntrinsic(node)) {
            return Optional.empty();
        }
        if (node.path("Ref").isTextual()) {
            return Optional.of(node.get("Ref").asText());
        }
        JsonNode attribute = node.path("Fn::GetAtt");
        return attribute.isArray() && attribute.path(0).isTextual()
                ? Optional.of(attribute.get(0).asText())
                : Optional.empty();
    }

    static boolean isAlphanumeric(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isLetterOrDigit);
    }

    static ObjectNode copy(JsonNode node) {
        return node instanceof ObjectNode object ? object.deepCopy() : object();
    }

    /** Tags as CloudFormation wants them: a list of keys and values. */
    static ArrayNode tags(JsonNode tags) {
        ArrayNode list = FACTORY.arrayNode();
        tags.properties().forEach(tag -> {
            JsonNode value = tag.getValue().isNull() ? text("") : tag.getValue();
            list.add(object("Key", text(tag.getKey())).set("Value", value));
        });
        return list;
    }

    /** {@code additional} after SAM's own tag. */
    static ArrayNode samTags(JsonNode additional) {
        return tags(object("lambda:createdBy", text("SAM"))).addAll(tags(additional));
    }
}
