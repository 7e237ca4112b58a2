package virga.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import virga.kernel.Bytes;
import virga.model.ElidedBody;
import virga.model.Member;
import virga.model.Structure;
import virga.observe.json.Json;

/**
 * Takes payloads out of their wrappings, so that people read what was meant: JSON inside texts and bodies, bodies in base64, items as plain
 * JSON instead of {@code {"S": ...}}. What was really sent stands beside it.
 */
final class Unfolding {
    private static final String ITEM_VALUE = "AttributeValue";

    /** In a table stream's event, the fields of {@code dynamodb} that hold items. */
    private static final Set<String> IMAGES = Set.of("Keys", "NewImage", "OldImage");

    private static final String NUMBER = "-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?";

    private Unfolding() {}

    /** A structure as AWS's JSON has it, blobs in base64. */
    static Json raw(Structure structure) {
        return structure(structure, false);
    }

    static Json unfolded(Structure structure) {
        return structure(structure, true);
    }

    static Json unfolded(Json json) {
        return switch (json) {
            case Json.Text text -> text(text.value());
            case Json.Array array ->
                new Json.Array(
                        array.elements().stream().map(Unfolding::unfolded).toList());
            case Json.Structure structure -> fields(structure);
            case Json.Number number -> number;
            case Json.Truth truth -> truth;
            case Json.Null nothing -> nothing;
        };
    }

    /** The text that bytes are; empty where they are not text. */
    static Optional<String> text(Bytes bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.unsafeArray()))
                    .toString();
            return text.chars().noneMatch(Unfolding::unprintable) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static Json fields(Json.Structure structure) {
        Map<String, Json> fields = structure.fields();
        boolean encoded = fields.get("isBase64Encoded") instanceof Json.Truth(boolean set) && set;
        SequencedMap<String, Json> unfolded = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (encoded && name.equals("body") && value instanceof Json.Text(String body)) {
                unfolded.put(name, decoded(body));
            } else if (name.equals("dynamodb") && value instanceof Json.Structure change) {
                unfolded.put(name, change(change));
            } else {
                unfolded.put(name, unfolded(value));
            }
        });
        return new Json.Structure(unfolded);
    }

    private static Json change(Json.Structure change) {
        SequencedMap<String, Json> unfolded = new LinkedHashMap<>();
        change.fields().forEach((name, value) -> {
            if (IMAGES.contains(name) && value instanceof Json.Structure image) {
                SequencedMap<String, Json> item = new LinkedHashMap<>();
                image.fields().forEach((attribute, held) -> item.put(attribute, itemValue(held)));
                unfolded.put(name, new Json.Structure(item));
            } else {
                unfolded.put(name, unfolded(value));
            }
        });
        return new Json.Structure(unfolded);
    }

    /** Of {@code {"S": "x"}} the {@code "x"}; what is not such a value stays as it is. */
    private static Json itemValue(Json value) {
        if (!(value instanceof Json.Structure union) || union.fields().size() != 1) {
            return value;
        }
        Map.Entry<String, Json> held = union.fields().firstEntry();
        return switch (held.getKey()) {
            case "N" -> held.getValue() instanceof Json.Text(String digits) ? number(digits) : value;
            case "NS" ->
                held.getValue() instanceof Json.Array(List<Json> numbers)
                        ? new Json.Array(numbers.stream()
                                .map(one -> one instanceof Json.Text(String digits) ? number(digits) : one)
                                .toList())
                        : value;
            case "M" -> {
                if (!(held.getValue() instanceof Json.Structure map)) {
                    yield value;
                }
                SequencedMap<String, Json> item = new LinkedHashMap<>();
                map.fields().forEach((name, one) -> item.put(name, itemValue(one)));
                yield new Json.Structure(item);
            }
            case "L" ->
                held.getValue() instanceof Json.Array(List<Json> list)
                        ? new Json.Array(list.stream().map(Unfolding::itemValue).toList())
                        : value;
            case "S" -> unfolded(held.getValue());
            case "NULL" -> new Json.Null();
            case "B", "BS", "SS", "BOOL" -> held.getValue();
            default -> value;
        };
    }

    private static Json structure(Structure structure, boolean unfold) {
        SequencedMap<String, Json> fields = new LinkedHashMap<>();
        for (Member member : structure.schema().members()) {
            if (structure.has(member)) {
                fields.put(member.name(), value(structure.valueOf(member), unfold));
            }
        }
        Json json = new Json.Structure(fields);
        return unfold && structure.schema().name().equals(ITEM_VALUE) ? itemValue(json) : json;
    }

    private static Json value(Object value, boolean unfold) {
        return switch (value) {
            case Structure structure -> structure(structure, unfold);
            case Map<?, ?> map -> {
                SequencedMap<String, Json> fields = new LinkedHashMap<>();
                map.forEach((name, held) -> fields.put(String.valueOf(name), value(held, unfold)));
                yield new Json.Structure(fields);
            }
            case List<?> list ->
                new Json.Array(list.stream().map(held -> value(held, unfold)).toList());
            case Bytes bytes -> unfold ? readable(bytes) : new Json.Text(base64(bytes));
            case String text -> unfold ? text(text) : new Json.Text(text);
            case ElidedBody body -> new Json.Text("a body of " + body.length() + " bytes, not kept");
            case Object other -> Json.of(other);
        };
    }

    private static Json number(String digits) {
        return digits.matches(NUMBER) ? new Json.Number(digits) : new Json.Text(digits);
    }

    private static Json decoded(String base64) {
        try {
            return readable(Bytes.wrap(Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            return new Json.Text(base64);
        }
    }

    private static Json readable(Bytes bytes) {
        return text(bytes).map(Unfolding::text).orElseGet(() -> new Json.Text(base64(bytes)));
    }

    /** A text that is a JSON object or array is that; a text that happens to be a number stays a text. */
    private static Json text(String text) {
        return Json.parse(text)
                .filter(json -> json instanceof Json.Structure || json instanceof Json.Array)
                .map(Unfolding::unfolded)
                .orElseGet(() -> new Json.Text(text));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.unsafeArray());
    }

    private static boolean unprintable(int c) {
        return c < 0x20 && c != '\n' && c != '\r' && c != '\t';
    }
}
