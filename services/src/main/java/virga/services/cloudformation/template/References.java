package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.kernel.Fault;

/**
 * What a part of a template refers to.
 *
 * @param names what {@code Ref} and {@code Fn::Sub} name: resources and parameters
 * @param attributesOf the resources that {@code Fn::GetAtt} and {@code Fn::Sub} ask for attributes
 * @param conditions the conditions that {@code Fn::If} and {@code Condition} name
 */
record References(Set<String> names, Set<String> attributesOf, Set<String> conditions) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!{}][^{}]*)}");

    static References in(JsonNode node) {
        References found = new References(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        found.collect(node);
        return found;
    }

    /** The resources among what is referred to. */
    Set<String> resources(Set<String> known) {
        Set<String> found = new LinkedHashSet<>(names);
        found.addAll(attributesOf);
        found.retainAll(known);
        return found;
    }

    private void collect(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::collect);
            return;
        }
        Optional<Map.Entry<String, JsonNode>> call = Intrinsics.call(node);
        if (call.isPresent()) {
            function(call.get().getKey(), call.get().getValue());
        } else if (node.isObject()) {
            node.forEach(this::collect);
        }
    }

    private void function(String name, JsonNode argument) {
        switch (name) {
            case "Ref" -> {
                if (!argument.isTextual()) {
                    throw TemplateErrors.template("every Ref object must have a single String value.");
                }
                names.add(argument.asText());
            }
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::Sub" -> substitution(argument);
            case "Fn::If" -> {
                if (argument.isArray() && argument.size() == 3) {
                    conditions.add(argument.get(0).asText());
                }
                collect(argument);
            }
            case "Fn::Transform" -> {
                String macro = argument.path("Name").asText();
                if (macro.equals("AWS::Include")) {
                    throw Fault.unsupported("Fn::Transform AWS::Include");
                }
                throw TemplateErrors.validation("No transform named " + macro + " found.");
            }
            default -> {
                if (!Intrinsics.FUNCTIONS.contains(name) && !Intrinsics.EXTENSIONS.contains(name)) {
                    throw TemplateErrors.template("Encountered unsupported function: " + name
                            + " Supported functions are: " + Intrinsics.FUNCTIONS);
                }
                collect(argument);
            }
        }
    }

    private void attribute(JsonNode argument) {
        if (argument.isTextual() && argument.asText().indexOf('.') > 0) {
            attributesOf.add(argument.asText().substring(0, argument.asText().indexOf('.')));
        } else if (argument.isArray() && argument.size() == 2 && argument.get(0).isTextual()) {
            attributesOf.add(argument.get(0).asText());
            collect(argument.get(1));
        } else {
            throw TemplateErrors.template(
                    "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
                            + " resource attribute");
        }
    }

    private void substitution(JsonNode argument) {
        String text = TextFunctions.substitutionText(argument);
        JsonNode own = argument.isArray() ? argument.get(1) : argument.path("none");
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String variable = matcher.group(1).strip();
            if (own.has(variable)) {
                continue;
            }
            if (!variable.matches("[A-Za-z0-9_.:]+")) {
                throw TemplateErrors.template(
                        "variable names in Fn::Sub syntax must contain only alphanumeric characters,"
                                + " underscores, periods, and colons");
            }
            int dot = variable.indexOf('.');
            if (dot > 0) {
                attributesOf.add(variable.substring(0, dot));
            } else {
                names.add(variable);
            }
        }
        own.forEach(this::collect);
    }
}
