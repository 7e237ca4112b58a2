package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Fault;

/**
 * The values of a template's parameters for one stack operation.
 *
 * @param given what was given or defaulted, as text, in the template's order
 * @param resolved what {@code Ref} answers: Parameter Store read, lists split
 */
public record ParameterValues(Map<String, String> given, Map<String, JsonNode> resolved) {
    /** @throws Fault where a value is missing, unknown or breaks a constraint */
    public static ParameterValues of(Template template, Map<String, String> given, ExternalValues external) {
        List<String> unknown = given.keySet().stream()
                .filter(name -> !template.parameters().containsKey(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw TemplateErrors.validation("Parameters: " + unknown + " do not exist in the template");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (ParameterDeclaration parameter : template.parameters().values()) {
            String text = given.containsKey(parameter.name())
                    ? given.get(parameter.name())
                    : parameter.defaultValue().orElse(null);
            if (text == null) {
                missing.add(parameter.name());
            } else {
                texts.put(parameter.name(), text);
            }
        }
        if (!missing.isEmpty()) {
            throw TemplateErrors.validation("Parameters: " + missing + " must have values");
        }
        Map<String, JsonNode> resolved = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            ParameterDeclaration parameter = template.parameters().get(name);
            if (parameter.readsParameterStore()) {
                resolved.put(name, parameter.value(external.parameterStore(name, text)));
            } else {
                parameter.check(text);
                resolved.put(name, parameter.value(text));
            }
        });
        return new ParameterValues(texts, resolved);
    }
}
