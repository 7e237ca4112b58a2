package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Checks that everything a template refers to is there, before anything is evaluated. */
final class TemplateCheck {
    private final Template template;

    TemplateCheck(Template template) {
        this.template = template;
    }

    void run() {
        conditions();
        refuseExtensionsWithoutTransform();
        for (ResourceDeclaration resource : template.resources().values()) {
            resource(resource);
        }
        for (OutputDeclaration output : template.outputs().values()) {
            output(output);
        }
        DependencyGraph.declared(template).order();
    }

    private void resource(ResourceDeclaration resource) {
        References references = References.in(resource.properties());
        refuseUndefined(references, "Resources");
        Set<String> missing = new LinkedHashSet<>(resource.dependsOn());
        missing.removeAll(template.resources().keySet());
        if (!missing.isEmpty()) {
            throw TemplateErrors.unresolved(String.join(", ", missing), "Resources");
        }
        resource.condition().ifPresent(name -> requireCondition(name, "Resources"));
    }

    private void output(OutputDeclaration output) {
        refuseUndefined(References.in(output.declaration()), "Outputs");
        output.condition().ifPresent(name -> requireCondition(name, "Outputs"));
    }

    private void refuseUndefined(References references, String block) {
        Set<String> missing = new LinkedHashSet<>(references.names());
        missing.removeIf(name -> PseudoParameters.isPseudo(name)
                || template.parameters().containsKey(name)
                || template.resources().containsKey(name));
        if (!missing.isEmpty()) {
            throw TemplateErrors.unresolved(String.join(", ", missing), block);
        }
        for (String name : references.attributesOf()) {
            if (!template.resources().containsKey(name)) {
                throw TemplateErrors.template("instance of Fn::GetAtt references undefined resource " + name);
            }
        }
        references.conditions().forEach(name -> requireCondition(name, block));
    }

    private void requireCondition(String name, String block) {
        if (!template.conditions().has(name)) {
            throw TemplateErrors.format(
                    "Unresolved condition dependency " + name + " in the " + block + " block of the template");
        }
    }

    /** Conditions may use parameters, mappings and each other, never resources. */
    private void conditions() {
        template.conditions().properties().forEach(field -> {
            JsonNode condition = field.getValue();
            boolean isBoolean = condition.isObject()
                    && condition.size() == 1
                    && switch (condition.fieldNames().next()) {
                        case "Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals", "Condition" -> true;
                        default -> false;
                    };
            if (!isBoolean) {
                throw TemplateErrors.format(
                        "Conditions can only be boolean operations on parameters and other conditions");
            }
            for (String name : References.in(condition).names()) {
                if (!PseudoParameters.isPseudo(name) && !template.parameters().containsKey(name)) {
                    throw TemplateErrors.format("Unresolved dependencies [" + name
                            + "]. Cannot reference resources in the Conditions" + " block of the template");
                }
            }
            namedIn(condition);
        });
    }

    private void namedIn(JsonNode condition) {
        if (condition.isObject()
                && condition.size() == 1
                && condition.path("Condition").isTextual()) {
            requireCondition(condition.get("Condition").asText(), "Conditions");
        }
        condition.forEach(this::namedIn);
    }

    private void refuseExtensionsWithoutTransform() {
        if (Template.transforms(template.body()).contains(LanguageExtensions.NAME)) {
            return;
        }
        for (String section : new String[] {"Conditions", "Resources", "Outputs"}) {
            extensionIn(template.body().path(section)).ifPresent(name -> {
                throw TemplateErrors.template("Encountered unsupported function: " + name + " Supported functions are: "
                        + Intrinsics.FUNCTIONS);
            });
        }
    }

    private static Optional<String> extensionIn(JsonNode node) {
        Optional<String> called =
                Intrinsics.call(node).map(java.util.Map.Entry::getKey).filter(Intrinsics.EXTENSIONS::contains);
        if (called.isPresent()) {
            return called;
        }
        for (JsonNode child : node) {
            Optional<String> found = extensionIn(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
