package virga.services.dynamodb.item;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Bytes;

/** Items written as DynamoDB's JSON, for tests. */
public final class TestingItems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestingItems() {}

    public static Item item(String json) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        read(json).properties().forEach(entry -> attributes.put(entry.getKey(), value(entry.getValue())));
        return new Item(attributes);
    }

    public static Value value(String json) {
        return value(read(json));
    }

    /** With names in order, so that equal items give equal texts. */
    public static String json(Item item) {
        return json(new Value.M(item.attributes())).get("M").toString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Value value(JsonNode node) {
        String type = node.fieldNames().next();
        JsonNode content = node.get(type);
        return switch (ValueType.valueOf(type)) {
            case S -> new Value.S(content.asText());
            case N -> new Value.N(Numbers.parse(content.asText()));
            case B -> new Value.B(Bytes.ofBase64(content.asText()));
            case BOOL -> new Value.Bool(content.asBoolean());
            case NULL -> new Value.Null();
            case M -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                content.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
                yield new Value.M(entries);
            }
            case L -> {
                List<Value> elements = new ArrayList<>();
                content.forEach(element -> elements.add(value(element)));
                yield new Value.L(elements);
            }
            case SS -> Value.SS.of(texts(content));
            case NS -> Value.NS.of(texts(content).stream().map(Numbers::parse).toList());
            case BS -> Value.BS.of(texts(content).stream().map(Bytes::ofBase64).toList());
        };
    }

    private static List<String> texts(JsonNode content) {
        List<String> texts = new ArrayList<>();
        content.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static ObjectNode json(Value value) {
        ObjectNode node = JSON.createObjectNode();
        String type = value.type().name();
        switch (value) {
            case Value.S(var text) -> node.put(type, text);
            case Value.N(var number) -> node.put(type, Numbers.text(number));
            case Value.B(var bytes) -> node.put(type, bytes.base64());
            case Value.Bool(var truth) -> node.put(type, truth);
            case Value.Null() -> node.put(type, true);
            case Value.M(var entries) -> {
                ObjectNode inner = node.putObject(type);
                new TreeMap<>(entries).forEach((name, entry) -> inner.set(name, json(entry)));
            }
            case Value.L(var elements) -> {
                var inner = node.putArray(type);
                elements.forEach(element -> inner.add(json(element)));
            }
            case Value.SS(var texts) -> texts.forEach(node.putArray(type)::add);
            case Value.NS(var numbers) -> numbers.stream().map(Numbers::text).forEach(node.putArray(type)::add);
            case Value.BS(var blobs) -> blobs.stream().map(Bytes::base64).forEach(node.putArray(type)::add);
        }
        return node;
    }
}
