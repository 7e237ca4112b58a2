package virga.modelgen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Traits as the call of their builder that makes them. */
final class TraitsWriter {
    private static final List<String> FLAGS = List.of(
            "required",
            "flattened",
            "attribute",
            "sparse",
            "streaming",
            "eventStream",
            "idempotencyToken",
            "hostLabel",
            "sensitive",
            "jsonValue");

    private TraitsWriter() {}

    static String write(JsonNode node, JavaTypes types) {
        String traits = types.runtime("Traits");
        StringBuilder calls = new StringBuilder();
        if (node.has("location")) {
            calls.append(".location(%s.Location.%s)"
                    .formatted(traits, node.get("location").asText()));
        }
        text(calls, node, "locationName");
        text(calls, node, "timestampFormat");
        if (node.has("xmlNamespace")) {
            List<String> space = ServiceFile.texts(node.get("xmlNamespace"));
            calls.append(".namespace(%s, %s)".formatted(literal(space.get(0)), literal(space.get(1))));
        }
        for (String flag : FLAGS) {
            if (node.path(flag).asBoolean()) {
                calls.append('.').append(flag).append("()");
            }
        }
        text(calls, node, "min");
        text(calls, node, "max");
        text(calls, node, "pattern");
        if (node.has("enum")) {
            List<String> values = ServiceFile.texts(node.get("enum"));
            calls.append(".enumValues(%s)"
                    .formatted(String.join(
                            ", ", values.stream().map(TraitsWriter::literal).toList())));
        }
        return calls.isEmpty() ? traits + ".NONE" : traits + ".with()" + calls + ".build()";
    }

    private static void text(StringBuilder calls, JsonNode node, String trait) {
        if (node.has(trait)) {
            calls.append(".%s(%s)".formatted(trait, literal(node.get(trait).asText())));
        }
    }

    /** A Java string literal. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default ->
                    quoted.append(each >= ' ' && each < 127 ? String.valueOf(each) : "\\u%04x".formatted((int) each));
            }
        }
        return quoted.append('"').toString();
    }
}
