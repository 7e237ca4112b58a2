package virga.services.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import virga.kernel.Bug;

/** Reads events that the service itself wrote. */
final class EventJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventJson() {}

    static JsonNode parse(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new Bug("an event of ours is not JSON: " + event, e);
        }
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
