package virga.observe.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A JSON value. Objects keep the order of their fields. */
public sealed interface Json {
    JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    record Text(String value) implements Json {}

    /** A number, as it was written: nothing is lost. */
    record Number(String literal) implements Json {}

    record Truth(boolean value) implements Json {}

    record Null() implements Json {}

    record Array(List<Json> elements) implements Json {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    record Structure(SequencedMap<String, Json> fields) implements Json {
        public Structure {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }
    }

    /** The one value that {@code text} is; empty where it is not JSON. */
    static Optional<Json> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || "{[\"-0123456789tfn".indexOf(trimmed.charAt(0)) < 0) {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(trimmed)) {
            parser.nextToken();
            Json value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** This value on one line. */
    default String text() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    /** This value over several lines, two blanks deeper inside each object and array; empty ones stay on one line. */
    default String indented() {
        StringBuilder out = new StringBuilder();
        indent(this, "\n", out);
        return out.toString();
    }

    /** The value of plain data: maps (in their order), lists, text, numbers, truth values and JSON itself. */
    static Json of(Object plain) {
        return switch (plain) {
            case Json json -> json;
            case String text -> new Text(text);
            case Boolean truth -> new Truth(truth);
            case java.math.BigDecimal decimal -> new Number(decimal.toPlainString());
            case java.lang.Number number -> new Number(number.toString());
            case List<?> list -> new Array(list.stream().map(Json::of).toList());
            case Map<?, ?> map -> {
                SequencedMap<String, Json> fields = new LinkedHashMap<>();
                map.forEach((key, value) -> fields.put(String.valueOf(key), of(value)));
                yield new Structure(fields);
            }
            default -> new Text(plain.toString());
        };
    }

    private static Json value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            SequencedMap<String, Json> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return new Structure(fields);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Array(elements);
        }
        return switch (token) {
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
            case VALUE_TRUE -> new Truth(true);
            case VALUE_FALSE -> new Truth(false);
            case VALUE_NULL -> new Null();
            default -> throw new IOException("not a value: " + token);
        };
    }

    private static void write(Json json, StringBuilder out) {
        switch (json) {
            case Text text -> quote(text.value, out);
            case Number number -> out.append(number.literal);
            case Truth truth -> out.append(truth.value);
            case Null ignored -> out.append("null");
            case Array array -> {
                out.append('[');
                for (int i = 0; i < array.elements.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    write(array.elements.get(i), out);
                }
                out.append(']');
            }
            case Structure structure -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, Json> field : structure.fields.entrySet()) {
                    out.append(separator);
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
        }
    }

    /** @param line a line feed and the blanks that stand before what is on the level of {@code json} */
    private static void indent(Json json, String line, StringBuilder out) {
        String deeper = line + "  ";
        String separator = deeper;
        switch (json) {
            case Array array
            when !array.elements.isEmpty() -> {
                out.append('[');
                for (Json element : array.elements) {
                    out.append(separator);
                    indent(element, deeper, out);
                    separator = "," + deeper;
                }
                out.append(line).append(']');
            }
            case Structure structure
            when !structure.fields.isEmpty() -> {
                out.append('{');
                for (Map.Entry<String, Json> field : structure.fields.entrySet()) {
                    out.append(separator);
                    quote(field.getKey(), out);
                    out.append(": ");
                    indent(field.getValue(), deeper, out);
                    separator = "," + deeper;
                }
                out.append(line).append('}');
            }
            default -> write(json, out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
