package virga.reviewer.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import virga.kernel.Bytes;
import virga.model.ElidedBody;
import virga.model.Member;
import virga.model.Structure;
import virga.observe.json.Json;

/** Structures as JSON, in one form for equal content: fields in order of their names, JSON inside texts looked into. */
public final class StructureJson {
    private StructureJson() {}

    public static Json of(Structure structure) {
        Map<String, Json> fields = new TreeMap<>();
        for (Member member : structure.schema().members()) {
            if (structure.has(member)) {
                fields.put(member.name(), of(structure.valueOf(member)));
            }
        }
        return new Json.Structure(new LinkedHashMap<>(fields));
    }

    static Json of(Object value) {
        return switch (value) {
            case Structure structure -> of(structure);
            case Map<?, ?> map -> {
                Map<String, Json> fields = new TreeMap<>();
                map.forEach((name, held) -> fields.put(String.valueOf(name), of(held)));
                yield new Json.Structure(new LinkedHashMap<>(fields));
            }
            case List<?> list ->
                new Json.Array(list.stream().map(StructureJson::of).toList());
            case String text -> text(text);
            case Bytes bytes -> text(bytes.utf8());
            case ElidedBody body -> new Json.Text("a body of " + body.length() + " bytes");
            case Object other -> Json.of(other);
        };
    }

    /** The value that {@code text} holds where it is a JSON object or array, else the text. */
    static Json text(String text) {
        return Json.parse(text)
                .filter(json -> json instanceof Json.Structure || json instanceof Json.Array)
                .map(StructureJson::ordered)
                .orElseGet(() -> new Json.Text(text));
    }

    private static Json ordered(Json json) {
        return switch (json) {
            case Json.Structure structure -> {
                Map<String, Json> fields = new TreeMap<>();
                structure.fields().forEach((name, value) -> fields.put(name, ordered(value)));
                yield new Json.Structure(new LinkedHashMap<>(fields));
            }
            case Json.Array array ->
                new Json.Array(
                        array.elements().stream().map(StructureJson::ordered).toList());
            case Json.Text text -> text(text.value());
            case Json.Number number -> number;
            case Json.Truth truth -> truth;
            case Json.Null nothing -> nothing;
        };
    }

    /** An object of these fields, in this order. */
    static Json object(Map<String, Json> fields) {
        SequencedMap<String, Json> ordered = new LinkedHashMap<>(fields);
        return new Json.Structure(ordered);
    }
}
