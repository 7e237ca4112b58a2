package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** An output as a template declares it. Source: "Outputs", AWS CloudFormation User Guide. */
public record OutputDeclaration(String name, JsonNode declaration) {
    static OutputDeclaration of(String name, JsonNode declaration) {
        if (!declaration.isObject() || !declaration.has("Value")) {
            throw TemplateErrors.format("Every Outputs member must contain a Value object");
        }
        declaration.fieldNames().forEachRemaining(member -> {
            switch (member) {
                case "Value", "Description", "Condition", "Export" -> {}
                default -> throw TemplateErrors.validation("Invalid template output property '" + member + "'");
            }
        });
        if (declaration.has("Export")
                && (!declaration.get("Export").isObject()
                        || !declaration.get("Export").has("Name"))) {
            throw TemplateErrors.format("Output " + name + " is malformed. The Export member must contain a Name");
        }
        return new OutputDeclaration(name, declaration);
    }

    public JsonNode value() {
        return declaration.get("Value");
    }

    public String description() {
        return declaration.path("Description").asText("");
    }

    public Optional<String> condition() {
        return Optional.ofNullable(declaration.get("Condition")).map(JsonNode::asText);
    }

    /** The export's name, unevaluated. */
    public Optional<JsonNode> exportName() {
        return Optional.ofNullable(declaration.path("Export").get("Name"));
    }
}
