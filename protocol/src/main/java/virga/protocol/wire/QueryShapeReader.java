package virga.protocol.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;

/** Reads a form's parameters into values, by their schema. Source: Smithy's awsQuery protocol, "Query key resolution". */
final class QueryShapeReader {
    private QueryShapeReader() {}

    static Structure structure(Schema schema, ParameterTree tree) {
        Object[] values = new Object[schema.members().size()];
        int set = 0;
        for (Member member : schema.members()) {
            ParameterTree child = tree.child(XmlNames.of(member));
            if (child != null) {
                values[member.index()] =
                        value(member, child, member.traits().xml().flattened());
                set += values[member.index()] == null ? 0 : 1;
            }
        }
        if (schema.type() == ShapeType.UNION && set != 1) {
            throw Malformed.serialization("Unions must have exactly one member set, found " + set);
        }
        return schema.make(values);
    }

    private static Object value(Member member, ParameterTree tree, boolean flattened) {
        Schema schema = member.target();
        return switch (schema.type()) {
            case STRUCTURE, UNION -> structure(schema, tree);
            case LIST ->
                list(schema, flattened ? tree : tree.child(schema.element().wireName()), tree);
            case MAP -> map(schema, flattened ? tree : tree.child("entry"), tree);
            default ->
                tree.value() == null
                        ? null
                        : TextScalars.parse(schema, member.traits(), tree.value(), Timestamps.DATE_TIME);
        };
    }

    /** @param whole the list's own node: given empty ({@code Tags=}) it is an empty list */
    private static Object list(Schema schema, ParameterTree items, ParameterTree whole) {
        if (items == null || items.isEmpty()) {
            return whole.value() == null ? null : List.of();
        }
        Member element = schema.element();
        List<Object> list = new ArrayList<>();
        for (ParameterTree item : items.numbered()) {
            list.add(value(element, item, element.traits().xml().flattened()));
        }
        return Collections.unmodifiableList(list);
    }

    private static Object map(Schema schema, ParameterTree entries, ParameterTree whole) {
        if (entries == null || entries.isEmpty()) {
            return whole.value() == null ? null : Map.of();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (ParameterTree entry : entries.numbered()) {
            ParameterTree key = entry.child(schema.key().wireName());
            ParameterTree value = entry.child(XmlNames.of(schema.value()));
            if (key == null || key.value() == null) {
                throw Malformed.serialization("An entry of a map has no key");
            }
            boolean flattened = schema.value().traits().xml().flattened();
            map.put(key.value(), value == null ? null : value(schema.value(), value, flattened));
        }
        return Collections.unmodifiableMap(map);
    }
}
