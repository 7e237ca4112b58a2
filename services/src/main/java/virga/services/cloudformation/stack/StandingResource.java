package virga.services.cloudformation.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import virga.cloud.provision.Provisioned;
import virga.kernel.Bug;

/**
 * A resource that a stack has made.
 *
 * @param properties what it was made with, resolved, as JSON
 * @param token of the step that made it
 */
record StandingResource(
        String type, String physicalId, String ref, Map<String, String> attributes, String properties, String token) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final StandingResource NONE = new StandingResource("", "", "", Map.of(), "{}", "");

    static StandingResource of(String type, Provisioned provisioned, JsonNode properties, String token) {
        return new StandingResource(
                type,
                provisioned.physicalId(),
                provisioned.ref(),
                provisioned.attributes(),
                properties.toString(),
                token);
    }

    boolean exists() {
        return !type.isEmpty();
    }

    Provisioned provisioned() {
        return new Provisioned(physicalId, ref, attributes);
    }

    JsonNode propertiesNode() {
        return parse(properties);
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new Bug("kept properties are not JSON", broken);
        }
    }
}
