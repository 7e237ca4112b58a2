package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Bug;

/** Logical ids that change with the data they stand for: the first ten characters of a SHA-1 of its sorted, compact JSON. */
final class LogicalIds {
    private static final int LENGTH = 10;

    private LogicalIds() {}

    static String hashed(String prefix, JsonNode data) {
        return Nodes.isGiven(data) ? prefix + hash(data.isTextual() ? data.asText() : json(data)) : prefix;
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException absent) {
            throw new Bug("every JDK has SHA-1", absent);
        }
    }

    /** Keys sorted, no spaces, everything beyond ASCII escaped. */
    static String json(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text, -1);
        return text.toString();
    }

    /** As {@link #json}, on lines of their own with four spaces a level. */
    static String indented(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text, 0);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text, int level) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
                text.append('{');
                String separator = "";
                for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                    text.append(separator);
                    newLine(text, level + 1, level);
                    quote(field.getKey(), text);
                    text.append(level < 0 ? ":" : ": ");
                    write(field.getValue(), text, level < 0 ? -1 : level + 1);
                    separator = ",";
                }
                if (!sorted.isEmpty()) {
                    newLine(text, level, level);
                }
                text.append('}');
            }
            case ARRAY -> {
                text.append('[');
                String separator = "";
                for (JsonNode item : node) {
                    text.append(separator);
                    newLine(text, level + 1, level);
                    write(item, text, level < 0 ? -1 : level + 1);
                    separator = ",";
                }
                if (!node.isEmpty()) {
                    newLine(text, level, level);
                }
                text.append(']');
            }
            case STRING -> quote(node.asText(), text);
            default -> text.append(node.asText());
        }
    }

    private static void newLine(StringBuilder text, int indent, int level) {
        if (level >= 0) {
            text.append('\n').repeat("    ", indent);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (char c : value.toCharArray()) {
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
