package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What an event calls: a function, its alias, or a state machine.
 *
 * @param attributes what everything made for it carries
 * @param name how permissions and event source mappings name it
 */
record InvokeTarget(String logicalId, ObjectNode attributes, JsonNode arn, JsonNode name) {
    static InvokeTarget function(ResourceDraft function, ObjectNode attributes) {
        return new InvokeTarget(function.logicalId(), attributes, function.arn(), function.ref());
    }

    /** An alias or version answers its ARN to {@code Ref}. */
    static InvokeTarget byRef(ResourceDraft draft, ObjectNode attributes) {
        return new InvokeTarget(draft.logicalId(), attributes, draft.ref(), draft.ref());
    }

    Optional<String> condition() {
        return Optional.ofNullable(attributes.get("Condition")).map(JsonNode::asText);
    }

    /** The ARN as {@code Fn::Sub} writes it. */
    String shorthand() {
        return arn.has("Ref") ? "${" + logicalId + "}" : "${" + logicalId + ".Arn}";
    }

    ResourceDraft draft(String id, String type) {
        return new ResourceDraft(id, type, attributes);
    }
}
