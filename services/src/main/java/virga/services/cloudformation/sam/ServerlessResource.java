package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A serverless resource of the template, on its way through the transform. */
final class ServerlessResource {
    private static final List<String> OWN_ATTRIBUTES =
            List.of("DeletionPolicy", "UpdatePolicy", "Condition", "UpdateReplacePolicy", "Metadata");
    private static final List<String> PASSED_ON = List.of("Condition", "DeletionPolicy", "UpdateReplacePolicy");

    private final String logicalId;
    private final ObjectNode declaration;
    private final ObjectNode properties;

    ServerlessResource(String logicalId, ObjectNode declaration) {
        this.logicalId = logicalId;
        this.declaration = declaration;
        JsonNode given = declaration.path("Properties");
        if (Nodes.isPresent(given) && !given.isObject()) {
            throw SamErrors.resource(logicalId, "Attribute 'Properties' should be a map.");
        }
        this.properties = given instanceof ObjectNode object ? object : Nodes.object();
        if (!logicalId.matches("[A-Za-z0-9]+")) {
            throw SamErrors.resource(logicalId, "Logical ids must be alphanumeric.");
        }
    }

    String logicalId() {
        return logicalId;
    }

    String type() {
        return declaration.path("Type").asText();
    }

    ObjectNode properties() {
        return properties;
    }

    /** The property, missing where it is absent or null. */
    JsonNode get(String name) {
        JsonNode value = properties.path(name);
        return value.isNull() ? Nodes.missing() : value;
    }

    boolean has(String name) {
        return Nodes.isGiven(get(name));
    }

    Optional<String> condition() {
        return Optional.ofNullable(declaration.get("Condition")).map(JsonNode::asText);
    }

    /** What the resource's own plain resource carries beside its properties. */
    ObjectNode attributes() {
        ObjectNode attributes = passed(OWN_ATTRIBUTES);
        if (declaration.has("DependsOn")) {
            attributes.set("DependsOn", declaration.get("DependsOn"));
        }
        return attributes;
    }

    /** What everything else that is generated from it carries. */
    ObjectNode passedAttributes() {
        return passed(PASSED_ON);
    }

    private ObjectNode passed(List<String> names) {
        ObjectNode attributes = Nodes.object();
        for (String name : names) {
            if (declaration.has(name)) {
                attributes.set(name, declaration.get(name));
            }
        }
        return attributes;
    }

    /** Refuses what the type does not have. */
    void allow(Set<String> names) {
        properties.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw SamErrors.resource(logicalId, "property " + name + " not defined for resource of type " + type());
            }
        });
    }

    void require(String... names) {
        for (String name : names) {
            if (!Nodes.isPresent(get(name))) {
                throw SamErrors.resource(logicalId, "Missing required property '" + name + "'.");
            }
        }
    }
}
