package virga.services.cloudformation.template;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import virga.kernel.Fault;

/**
 * Reads a template's text, JSON or YAML, into one form: objects with the long names of the intrinsic functions. A key that stands twice
 * in an object counts where it stands last, as in AWS, where such templates are deployed.
 */
public final class TemplateText {
    /** Bytes of a template given in the request. Source: "CloudFormation quotas". */
    public static final int MAXIMUM_BODY_BYTES = 51_200;

    /** Bytes of a template read from S3. Source: "CloudFormation quotas". */
    public static final int MAXIMUM_OBJECT_BYTES = 1_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TemplateText() {}

    /** @throws Fault where a body is longer than a request may carry it */
    public static void checkBodyLength(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BODY_BYTES) {
            throw TemplateErrors.validation(
                    "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
                            + "Member must have length less than or equal to " + MAXIMUM_BODY_BYTES);
        }
    }

    /** @throws Fault where a template in S3 is too long */
    public static void checkObjectLength(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_OBJECT_BYTES) {
            throw TemplateErrors.validation("Template may not exceed " + MAXIMUM_OBJECT_BYTES + " bytes in size.");
        }
    }

    /** @throws Fault where the text is neither, with the line and column */
    public static ObjectNode read(String text) {
        if (text.isBlank()) {
            throw TemplateErrors.format("unsupported structure.");
        }
        JsonNode root = text.stripLeading().startsWith("{") ? jsonOrYaml(text) : YamlReader.read(text);
        if (!(root instanceof ObjectNode object)) {
            throw TemplateErrors.format("unsupported structure.");
        }
        refuseNulls(object, "");
        return object;
    }

    /** YAML may begin with a brace too, so what is not JSON is tried as YAML; the complaint is about JSON. */
    private static JsonNode jsonOrYaml(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            try {
                return YamlReader.read(text);
            } catch (Fault notYaml) {
                JsonLocation at = notJson.getLocation();
                throw TemplateErrors.format(
                        "JSON not well-formed. (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
            }
        }
    }

    private static void refuseNulls(JsonNode node, String path) {
        if (node.isNull()) {
            throw TemplateErrors.validation("[" + path + "] 'null' values are not allowed in templates");
        }
        if (node.isObject()) {
            node.properties().forEach(field -> refuseNulls(field.getValue(), path + "/" + field.getKey()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseNulls(node.get(i), path + "/" + i);
            }
        }
    }
}
