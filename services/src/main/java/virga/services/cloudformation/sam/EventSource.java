package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * One event of a function or state machine, about to be turned into resources.
 *
 * @param id the function's logical id and the event's
 * @param name the event's own id in the template
 * @param role the generated execution role, which some events give rights
 */
record EventSource(
        TransformState state,
        InvokeTarget target,
        Optional<ResourceDraft> role,
        String id,
        String name,
        String type,
        ObjectNode properties) {
    JsonNode get(String property) {
        JsonNode value = properties.path(property);
        return value.isNull() ? Nodes.missing() : value;
    }

    boolean has(String property) {
        return Nodes.isGiven(get(property));
    }

    ResourceDraft draft(String logicalId, String type) {
        return target.draft(logicalId, type);
    }

    void check(Set<String> allowed, String... required) {
        properties.fieldNames().forEachRemaining(property -> {
            if (!allowed.contains(property)) {
                throw SamErrors.event(name, "property " + property + " not defined for resource of type " + type);
            }
        });
        for (String property : required) {
            if (!Nodes.isPresent(get(property))) {
                throw SamErrors.resource(id, "Missing required property '" + property + "'.");
            }
        }
    }

    /** Lets {@code principal} invoke the function. */
    ResourceDraft permission(String principal, JsonNode sourceArn) {
        return permission(id + "Permission", principal, sourceArn);
    }

    ResourceDraft permission(String logicalId, String principal, JsonNode sourceArn) {
        return draft(logicalId, "AWS::Lambda::Permission")
                .put("Action", "lambda:InvokeFunction")
                .put("FunctionName", target.name())
                .put("Principal", principal)
                .put("SourceArn", sourceArn);
    }
}
