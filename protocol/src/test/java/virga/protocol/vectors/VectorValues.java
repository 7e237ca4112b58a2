package virga.protocol.vectors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Schema;
import virga.model.Structure;
import virga.model.Traits;

/** The parameters of a vector as a structure, and structures as plain values that can be compared and read. */
final class VectorValues {
    private VectorValues() {}

    static Structure structure(ObjectNode params, Schema schema) {
        Object[] values = new Object[schema.members().size()];
        params.getMembers().forEach((key, node) -> {
            Member member = schema.member(key.getValue())
                    .orElseThrow(() -> new IllegalArgumentException(schema + " has no " + key.getValue()));
            values[member.index()] = value(node, member.target(), member.traits());
        });
        return schema.make(values);
    }

    private static Object value(Node node, Schema schema, Traits traits) {
        if (node.isNullNode()) {
            return null;
        }
        return switch (schema.type()) {
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case BYTE -> number(node).byteValue();
            case SHORT -> number(node).shortValue();
            case INTEGER -> number(node).intValue();
            case LONG -> number(node).longValue();
            case FLOAT ->
                node.isStringNode()
                        ? Float.valueOf(node.expectStringNode().getValue())
                        : (Object) number(node).floatValue();
            case DOUBLE ->
                node.isStringNode()
                        ? Double.valueOf(node.expectStringNode().getValue())
                        : (Object) number(node).doubleValue();
            case BIG_INTEGER -> new BigInteger(number(node).toString());
            case BIG_DECIMAL -> new BigDecimal(number(node).toString());
            case STRING -> node.expectStringNode().getValue();
            case BLOB -> {
                Bytes bytes = Bytes.ofUtf8(node.expectStringNode().getValue());
                yield traits.streaming() ? ByteStream.of(bytes) : bytes;
            }
            case TIMESTAMP ->
                Instant.ofEpochMilli(new BigDecimal(number(node).toString())
                        .movePointRight(3)
                        .longValue());
            case DOCUMENT -> document(node);
            case LIST -> {
                List<Object> list = new ArrayList<>();
                node.expectArrayNode()
                        .getElements()
                        .forEach(item -> list.add(value(
                                item,
                                schema.element().target(),
                                schema.element().traits())));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.expectObjectNode()
                        .getMembers()
                        .forEach((key, item) -> map.put(
                                key.getValue(),
                                value(
                                        item,
                                        schema.value().target(),
                                        schema.value().traits())));
                yield map;
            }
            case STRUCTURE, UNION -> structure(node.expectObjectNode(), schema);
        };
    }

    private static Number number(Node node) {
        return node.expectNumberNode().getValue();
    }

    private static Object document(Node node) {
        return switch (node.getType()) {
            case NULL -> null;
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case STRING -> node.expectStringNode().getValue();
            case NUMBER -> number(node);
            case ARRAY ->
                node.expectArrayNode().getElements().stream()
                        .map(VectorValues::document)
                        .toList();
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.expectObjectNode().getMembers().forEach((key, item) -> map.put(key.getValue(), document(item)));
                yield map;
            }
        };
    }

    /** Structures as maps of what is set, streams as their bytes, every number of a document as a decimal. */
    static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Structure structure -> {
                Map<String, Object> map = new TreeMap<>();
                for (Member member : structure.schema().members()) {
                    if (structure.has(member)) {
                        map.put(member.name(), plain(structure.valueOf(member)));
                    }
                }
                yield map;
            }
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, item) -> sorted.put((String) key, plain(item)));
                yield sorted;
            }
            case List<?> list -> listed(list);
            case ByteStream stream -> stream.readAll().utf8();
            case Bytes bytes -> bytes.utf8();
            case byte[] bytes -> Bytes.of(bytes).utf8();
            case Float number ->
                number.isNaN() || number.isInfinite()
                        ? number.toString()
                        : new BigDecimal(number.toString()).stripTrailingZeros();
            case Double number ->
                number.isNaN() || number.isInfinite()
                        ? number.toString()
                        : new BigDecimal(number.toString()).stripTrailingZeros();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            default -> value;
        };
    }

    private static List<Object> listed(List<?> list) {
        List<Object> plain = new ArrayList<>();
        list.forEach(item -> plain.add(plain(item)));
        return plain;
    }
}
