package virga.cloud.provision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.Structure;

/**
 * The properties of a resource, or an object somewhere below them, read by type. A property that is {@code null} is absent.
 *
 * <p>Templates are lax about scalars, and so is this reader: a number or boolean serves as text, a text that holds a number or a
 * boolean serves as one. Everything else has to be what it is read as: a list, an object.
 *
 * <p>What {@code otherwise} gives for an absent property may be {@code null}, which leaves a member of a generated structure unset.
 *
 * <p>Every reading throws a {@link Fault} in CloudFormation's words where the value has another type, with the path to it, and where
 * a required one is absent: {@code Properties validation failed for resource Q with message: #/DelaySeconds: expected type: Integer,
 * found: String}. The names of the types are those that AWS's events show.
 */
public final class Properties {
    private final String logicalId;
    private final String path;
    private final JsonNode node;
    private final boolean strict;

    private Properties(String logicalId, String path, JsonNode node, boolean strict) {
        this.logicalId = logicalId;
        this.path = path;
        this.node = node;
        this.strict = strict;
    }

    /** The properties of the resource {@code logicalId}, resolved: no intrinsic functions are left in them. */
    public static Properties of(String logicalId, JsonNode json) {
        return new Properties(logicalId, "#", json, true);
    }

    /**
     * What the resource was made or tried to be made with before. The attempt may have failed over these very properties, and must not
     * fail again when it is rolled back: what is not of its type is read as absent.
     */
    public static Properties previous(String logicalId, JsonNode json) {
        return new Properties(logicalId, "#", json, false);
    }

    /** The fault of a resource whose properties cannot be taken. @param violation as in {@code #/Tags: required key [Key] not found} */
    public static Fault invalid(String logicalId, String violation) {
        return new Fault(
                "ValidationError",
                400,
                "Properties validation failed for resource " + logicalId + " with message: " + violation);
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** What is read, as JSON. */
    public JsonNode json() {
        return node;
    }

    /** Whether the property says something else here than in {@code other}. */
    public boolean differs(Properties other, String name) {
        return !node.path(name).equals(other.node.path(name));
    }

    /** These properties but for some. */
    public Properties without(String... names) {
        return changed(copy -> copy.remove(List.of(names)));
    }

    /** These properties, with a JSON document (a policy, a pattern) as text, as operations take it: templates give it in either form. */
    public Properties withText(String document) {
        return has(document) ? changed(copy -> copy.put(document, document(document, ""))) : this;
    }

    /**
     * The input of an operation as far as the properties say it: each member is what the property of its name says, read as what the
     * model has there. What is not read from a property is unset: {@code Tags}, to which come the stack's ({@link Provisioning#allTags}),
     * blobs, and whatever goes by another name. Structures in the input have to have what the model requires of them.
     */
    public <I extends Structure> I as(Operation<I, ?> operation) {
        return ShapeReader.input(this, operation);
    }

    /** The same; what no property says is as in {@code otherwise}. Updates give there what a resource has that is not told otherwise. */
    public <I extends Structure> I as(Operation<I, ?> operation, I otherwise) {
        return ShapeReader.input(this, operation, otherwise);
    }

    /** The object at {@code name} as a structure of the model, read like the input of an operation; {@code null} where it is absent. */
    public <T extends Structure> T shape(String name, Class<T> shape, Schema schema) {
        return has(name) ? shape.cast(ShapeReader.structure(object(name), schema)) : null;
    }

    /** The objects of a list as structures of the model; none where it is absent. */
    public <T extends Structure> List<T> shapes(String name, Class<T> shape, Schema schema) {
        return ShapeReader.structures(this, name, schema).map(shape::cast).toList();
    }

    public String text(String name, String otherwise) {
        return read(name, node.get(name), otherwise, "String", Properties::scalar);
    }

    public String requiredText(String name) {
        require(name);
        return text(name, "");
    }

    public Integer integer(String name, Integer otherwise) {
        return read(name, node.get(name), otherwise, "Integer", value -> Integer.valueOf(scalar(value)));
    }

    public Long longInteger(String name, Long otherwise) {
        return read(name, node.get(name), otherwise, "Integer", value -> Long.valueOf(scalar(value)));
    }

    public Double number(String name, Double otherwise) {
        return read(name, node.get(name), otherwise, "Number", value -> Double.valueOf(scalar(value)));
    }

    public Boolean flag(String name, Boolean otherwise) {
        return read(name, node.get(name), otherwise, "Boolean", value -> switch (scalar(value)) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** The items of a list of texts; none where it is absent. */
    public List<String> texts(String name) {
        return items(name, (place, item) -> read(place, item, "", "String", Properties::scalar));
    }

    /** The items of a list of texts that are not in {@code previous} properties any more, but were. */
    public List<String> dropped(Properties previous, String name) {
        List<String> present = texts(name);
        return previous.texts(name).stream()
                .filter(text -> !present.contains(text))
                .toList();
    }

    /** The entries of an object of texts, in the order of their names; none where it is absent. */
    public SortedMap<String, String> map(String name) {
        SortedMap<String, String> entries = new TreeMap<>();
        Properties object = object(name);
        object.node.fieldNames().forEachRemaining(key -> entries.put(key, object.text(key, "")));
        return entries;
    }

    /** {@code Tags} as a list of {@code {Key, Value}}, which most resource types have. */
    public SortedMap<String, String> tags() {
        SortedMap<String, String> tags = new TreeMap<>();
        objects("Tags").forEach(tag -> tags.put(tag.requiredText("Key"), tag.requiredText("Value")));
        return tags;
    }

    /** The object at {@code name}; an empty one where it is absent. */
    public Properties object(String name) {
        return below(name, node.get(name));
    }

    /** The objects of a list; none where it is absent. */
    public List<Properties> objects(String name) {
        return items(name, this::below);
    }

    /** A JSON document (a policy, a pattern) as text: templates give it as an object or as text. */
    public String document(String name, String otherwise) {
        return read(
                name,
                node.get(name),
                otherwise,
                "JSONObject",
                value -> value.isContainerNode() ? value.toString() : value.asText());
    }

    public String requiredDocument(String name) {
        require(name);
        return document(name, "");
    }

    /** @throws Fault where it is absent, and these are not the lax properties of before */
    void require(String name) {
        if (strict && !has(name)) {
            throw invalid(logicalId, path + ": required key [" + name + "] not found");
        }
    }

    private Properties changed(Consumer<ObjectNode> change) {
        ObjectNode copy = node.deepCopy();
        change.accept(copy);
        return new Properties(logicalId, path, copy, strict);
    }

    private <T> List<T> items(String name, BiFunction<String, JsonNode, T> reading) {
        JsonNode list = read(
                name,
                node.get(name),
                JsonNodeFactory.instance.arrayNode(),
                "JSONArray",
                value -> kind(value.isArray(), value));
        List<T> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(reading.apply(name + "/" + i, list.get(i)));
        }
        return items;
    }

    private Properties below(String place, JsonNode value) {
        JsonNode object = read(
                place,
                value,
                JsonNodeFactory.instance.objectNode(),
                "JSONObject",
                found -> kind(found.isObject(), found));
        return new Properties(logicalId, path + "/" + place, object, strict);
    }

    /** @param reading throws an {@link IllegalArgumentException} where the value has another type */
    private <T> T read(String place, JsonNode value, T otherwise, String expected, Function<JsonNode, T> reading) {
        if (value == null || value.isNull()) {
            return otherwise;
        }
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException otherType) {
            if (!strict) {
                return otherwise;
            }
            throw invalid(logicalId, path + "/" + place + ": expected type: " + expected + ", found: " + typeOf(value));
        }
    }

    private static JsonNode kind(boolean right, JsonNode value) {
        if (!right) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static String scalar(JsonNode value) {
        return kind(value.isValueNode(), value).asText();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "JSONArray";
            case OBJECT, POJO -> "JSONObject";
            case BOOLEAN -> "Boolean";
            case NUMBER -> value.isIntegralNumber() ? "Integer" : "Double";
            case STRING, BINARY -> "String";
            case NULL, MISSING -> "Null";
        };
    }
}
