package virga.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import virga.model.lambda.InvalidParameterValueException;
import virga.services.patterns.EventPattern;

/** Decides which events a mapping lets through. Source: "Control which events Lambda sends to your function", Developer Guide. */
final class Filters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> patterns;

    Filters(List<String> patterns) {
        this.patterns = patterns;
    }

    /** @throws InvalidParameterValueException where {@code pattern} is not an event pattern */
    static void check(String pattern) {
        EventPattern.mistake(pattern).ifPresent(wrong -> {
            throw new InvalidParameterValueException("Invalid filter pattern definition. " + wrong);
        });
    }

    /** @param data the field that may hold JSON in a text: {@code body} of a message; empty for stream records */
    boolean passes(ObjectNode event, String data) {
        if (patterns.isEmpty()) {
            return true;
        }
        String text = opened(event, data).toString();
        return patterns.stream().anyMatch(pattern -> EventPattern.of(pattern).matches(text));
    }

    private static ObjectNode opened(ObjectNode event, String data) {
        if (data.isEmpty()) {
            return event;
        }
        try {
            JsonNode content = JSON.readTree(event.path(data).asText());
            if (content != null && content.isObject()) {
                ObjectNode copy = event.deepCopy();
                copy.set(data, content);
                return copy;
            }
        } catch (JsonProcessingException plainText) {
            // A body that is not JSON is matched as the text it is.
        }
        return event;
    }
}
