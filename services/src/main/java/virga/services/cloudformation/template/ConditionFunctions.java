package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import virga.kernel.Fault;

/** The functions that are true or false: conditions and rules. */
final class ConditionFunctions {
    private final Evaluator evaluator;
    private final Template template;
    private final Map<String, Boolean> known = new HashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    ConditionFunctions(Evaluator evaluator, Template template) {
        this.evaluator = evaluator;
        this.template = template;
    }

    synchronized boolean named(String name) {
        Boolean value = known.get(name);
        if (value != null) {
            return value;
        }
        JsonNode condition = template.conditions().path(name);
        if (condition.isMissingNode()) {
            throw TemplateErrors.format(
                    "Unresolved condition dependency " + name + " in the Conditions block of the template");
        }
        if (!underWay.add(name)) {
            throw TemplateErrors.validation(
                    "Found circular condition dependency between " + String.join(", ", underWay));
        }
        boolean holds = holds(condition);
        underWay.remove(name);
        known.put(name, holds);
        return holds;
    }

    JsonNode branch(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 3 || !argument.get(0).isTextual()) {
            throw TemplateErrors.template(
                    "Fn::If requires a list argument with three elements: a condition name and two values");
        }
        return argument.get(named(argument.get(0).asText()) ? 1 : 2);
    }

    boolean holds(JsonNode condition) {
        if (!condition.isObject() || condition.size() != 1) {
            throw TemplateErrors.format("Conditions can only be boolean operations on parameters and other conditions");
        }
        String name = condition.fieldNames().next();
        JsonNode argument = condition.get(name);
        return switch (name) {
            case "Condition" -> named(argument.asText());
            case "Fn::Equals" -> equal(argument);
            case "Fn::Not" -> {
                if (!argument.isArray() || argument.size() != 1) {
                    throw TemplateErrors.template("every Fn::Not object requires one boolean parameter.");
                }
                yield !holds(argument.get(0));
            }
            case "Fn::And" -> several(name, argument).stream().allMatch(this::holds);
            case "Fn::Or" -> several(name, argument).stream().anyMatch(this::holds);
            case "Fn::Contains" -> texts(argument.path(0)).containsAll(texts(argument.path(1)));
            case "Fn::EachMemberEquals" ->
                texts(argument.path(0)).stream()
                        .allMatch(evaluator.value(argument.path(1)).asText()::equals);
            case "Fn::EachMemberIn" -> texts(argument.path(1)).containsAll(texts(argument.path(0)));
            default ->
                throw TemplateErrors.format(
                        "Conditions can only be boolean operations on parameters and other conditions");
        };
    }

    private boolean equal(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 2) {
            throw TemplateErrors.template("every Fn::Equals object requires a list of 2 string parameters.");
        }
        JsonNode left = evaluator.value(argument.get(0));
        JsonNode right = evaluator.value(argument.get(1));
        return left.isContainerNode() || right.isContainerNode()
                ? left.equals(right)
                : left.asText().equals(right.asText());
    }

    private static java.util.List<JsonNode> several(String name, JsonNode argument) {
        if (!argument.isArray() || argument.size() < 2 || argument.size() > 10) {
            throw TemplateErrors.template(
                    "every " + name + " object requires a list of at least 2 and at most 10 boolean parameters.");
        }
        return argument.valueStream().toList();
    }

    private Set<String> texts(JsonNode node) {
        if (node.isObject() && (node.has("Fn::RefAll") || node.has("Fn::ValueOf") || node.has("Fn::ValueOfAll"))) {
            throw Fault.unsupported("Rules/" + node.fieldNames().next());
        }
        Set<String> texts = new LinkedHashSet<>();
        JsonNode value = evaluator.value(node);
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText()));
        } else {
            texts.add(value.asText());
        }
        return texts;
    }

    /** Source: "Rules", AWS CloudFormation User Guide: every rule whose condition holds must have all of its assertions hold. */
    void checkRules() {
        template.rules().properties().forEach(field -> {
            JsonNode rule = field.getValue();
            if (rule.has("RuleCondition") && !holds(rule.get("RuleCondition"))) {
                return;
            }
            for (JsonNode assertion : rule.path("Assertions")) {
                if (!holds(assertion.path("Assert"))) {
                    throw TemplateErrors.template("Rule " + field.getKey() + " failed: "
                            + assertion.path("AssertDescription").asText(""));
                }
            }
        });
    }
}
