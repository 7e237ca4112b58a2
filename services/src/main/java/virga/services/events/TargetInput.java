package virga.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes what a target receives of an event. Source: "Amazon EventBridge input transformation", EventBridge User Guide. */
final class TargetInput {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private final Rule rule;
    private final String ingestedAt;

    TargetInput(Rule rule, String ingestedAt) {
        this.rule = rule;
        this.ingestedAt = ingestedAt;
    }

    String of(Target.Input input, String event) {
        if (!input.constant().isEmpty()) {
            return input.constant();
        }
        JsonNode parsed = EventJson.parse(event);
        if (!input.path().isEmpty()) {
            JsonNode found = JsonPaths.at(parsed, input.path());
            return found.isMissingNode() ? "{}" : found.toString();
        }
        return input.template().isEmpty() ? event : fill(input, (ObjectNode) parsed);
    }

    private String fill(Target.Input input, ObjectNode event) {
        StringBuilder filled = new StringBuilder();
        Matcher placeholders = PLACEHOLDER.matcher(input.template());
        int from = 0;
        while (placeholders.find()) {
            filled.append(input.template(), from, placeholders.start());
            JsonNode value = value(placeholders.group(1), input, event);
            filled.append(insideText(input.template(), placeholders.start()) ? asText(value) : asJson(value));
            from = placeholders.end();
        }
        filled.append(input.template().substring(from));
        return filled.toString().strip();
    }

    private JsonNode value(String name, Target.Input input, ObjectNode event) {
        return switch (name) {
            case "aws.events.rule-arn" -> event.textNode(rule.arn());
            case "aws.events.rule-name" -> event.textNode(rule.name());
            case "aws.events.event.ingestion-time" -> event.textNode(ingestedAt);
            case "aws.events.event.json" -> event;
            case "aws.events.event" -> {
                ObjectNode without = event.deepCopy();
                without.remove("detail");
                yield without;
            }
            default -> JsonPaths.at(event, input.paths().getOrDefault(name, "$.no such path"));
        };
    }

    /** Whether the place lies between quotes of a JSON text. */
    private static boolean insideText(String template, int place) {
        boolean inside = false;
        for (int i = 0; i < place; i++) {
            if (template.charAt(i) == '\\') {
                i++;
            } else if (template.charAt(i) == '"') {
                inside = !inside;
            }
        }
        return inside;
    }

    private static String asJson(JsonNode value) {
        return value.isMissingNode() ? "\"\"" : value.toString();
    }

    /** Inside a text: a text without its quotes but escaped, anything else as JSON with its quotes escaped. */
    private static String asText(JsonNode value) {
        if (value.isMissingNode()) {
            return "";
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        String quoted = new com.fasterxml.jackson.databind.node.TextNode(text).toString();
        return quoted.substring(1, quoted.length() - 1);
    }
}
