package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A plain resource that the transform writes. */
final class ResourceDraft {
    private final String logicalId;
    private final ObjectNode declaration;
    private final ObjectNode properties;

    /** @param attributes what stands beside its properties: {@code Condition}, {@code DependsOn}, ... */
    ResourceDraft(String logicalId, String type, ObjectNode attributes) {
        this.logicalId = logicalId;
        this.declaration = Nodes.object("Type", Nodes.text(type));
        this.properties = Nodes.object();
        declaration.setAll(attributes.deepCopy());
    }

    String logicalId() {
        return logicalId;
    }

    String type() {
        return declaration.get("Type").asText();
    }

    /** Sets a property; a value that is absent is left out. */
    ResourceDraft put(String name, JsonNode value) {
        if (Nodes.isPresent(value)) {
            properties.set(name, value);
        }
        return this;
    }

    ResourceDraft put(String name, String value) {
        return put(name, Nodes.text(value));
    }

    ResourceDraft attribute(String name, JsonNode value) {
        declaration.set(name, value);
        return this;
    }

    ObjectNode properties() {
        return properties;
    }

    JsonNode property(String name) {
        return properties.path(name);
    }

    ObjectNode ref() {
        return Nodes.ref(logicalId);
    }

    ObjectNode arn() {
        return Nodes.getAtt(logicalId, "Arn");
    }

    /** The resource as a template holds it. */
    ObjectNode declaration() {
        return declaration.deepCopy().set("Properties", properties);
    }
}
