package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Fault;
import virga.kernel.Unsupported;

/**
 * A resource as a template declares it.
 *
 * <p>Source: "Resource attribute reference", AWS CloudFormation User Guide.
 *
 * @param declaration the whole declaration
 */
public record ResourceDeclaration(String logicalId, String type, ObjectNode properties, JsonNode declaration) {
    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Properties",
            "DependsOn",
            "Condition",
            "Metadata",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "UpdatePolicy",
            "CreationPolicy");
    private static final Set<String> DELETION_POLICIES = Set.of("Delete", "Retain", "RetainExceptOnCreate", "Snapshot");

    /** @throws Fault where it is no declaration of a resource, in AWS's words */
    public static ResourceDeclaration of(String logicalId, JsonNode declaration) {
        if (!declaration.isObject()) {
            throw TemplateErrors.format("Any Resources member must be an object.");
        }
        if (!declaration.path("Type").isTextual()) {
            throw TemplateErrors.format(
                    "[/Resources/" + logicalId + "] Every Resources object must contain a Type member.");
        }
        declaration.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw TemplateErrors.validation("Invalid template resource property '" + member + "'");
            }
        });
        JsonNode properties = declaration.path("Properties");
        if (!properties.isMissingNode() && !properties.isObject()) {
            throw TemplateErrors.format("[/Resources/" + logicalId + "/Properties] Properties must be an object.");
        }
        checkPolicy(logicalId, declaration, "DeletionPolicy");
        checkPolicy(logicalId, declaration, "UpdateReplacePolicy");
        ObjectNode content = properties instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return new ResourceDeclaration(logicalId, declaration.get("Type").asText(), content, declaration);
    }

    private static void checkPolicy(String logicalId, JsonNode declaration, String member) {
        JsonNode policy = declaration.path(member);
        if (policy.isMissingNode() || policy.isObject()) {
            return;
        }
        if (!DELETION_POLICIES.contains(policy.asText())) {
            throw TemplateErrors.format(
                    "Unrecognized " + member + " " + policy.asText() + " for resource " + logicalId);
        }
    }

    /** Functions in it that AWS has and Virga does not. */
    public List<String> unsupportedFunctions() {
        try {
            References.in(properties);
            return List.of();
        } catch (Unsupported unsupported) {
            return unsupported.paths();
        }
    }

    public List<String> dependsOn() {
        JsonNode depends = declaration.path("DependsOn");
        List<String> names = new ArrayList<>();
        if (depends.isTextual()) {
            names.add(depends.asText());
        } else if (depends.isArray()) {
            for (JsonNode name : depends) {
                if (!name.isTextual()) {
                    throw dependsOnFault();
                }
                names.add(name.asText());
            }
        } else if (!depends.isMissingNode()) {
            throw dependsOnFault();
        }
        return names;
    }

    private static Fault dependsOnFault() {
        return TemplateErrors.format("DependsOn must be a string or list of strings.");
    }

    public Optional<String> condition() {
        return Optional.ofNullable(declaration.get("Condition")).map(JsonNode::asText);
    }

    /** The policy member ({@code DeletionPolicy}, {@code UpdateReplacePolicy}), unevaluated; missing where it is not declared. */
    public JsonNode policy(String member) {
        return declaration.path(member);
    }
}
