package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.kernel.Fault;

/** The functions that make texts and lists. */
final class TextFunctions {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^{}]*)}");

    private final Evaluator evaluator;

    TextFunctions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** The text of a Fn::Sub, whichever of its two forms it has. */
    static String substitutionText(JsonNode argument) {
        if (argument.isTextual()) {
            return argument.asText();
        }
        if (argument.isArray()
                && argument.size() == 2
                && argument.get(0).isTextual()
                && argument.get(1).isObject()) {
            return argument.get(0).asText();
        }
        throw TemplateErrors.template(
                "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as"
                        + " first argument, and an optional second argument to specify a mapping of values to replace in the string");
    }

    JsonNode sub(JsonNode argument) {
        String text = substitutionText(argument);
        JsonNode own = argument.isArray() ? argument.get(1) : NODES.objectNode();
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2).strip();
            String value = matcher.group(1).isEmpty() ? variable(name, own) : "${" + matcher.group(2) + "}";
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return evaluator.value(NODES.textNode(matcher.appendTail(result).toString()));
    }

    private String variable(String name, JsonNode own) {
        JsonNode value;
        if (own.has(name)) {
            value = evaluator.value(own.get(name));
        } else {
            int dot = name.indexOf('.');
            value = dot > 0
                    ? evaluator.attribute(name.substring(0, dot), name.substring(dot + 1))
                    : evaluator.ref(name);
        }
        if (value.isContainerNode()) {
            throw TemplateErrors.template("Fn::Sub expression does not resolve to a string: " + name);
        }
        return value.asText();
    }

    JsonNode join(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 2 || !argument.get(0).isTextual()) {
            throw TemplateErrors.template(
                    "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of"
                            + " strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.");
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : list(argument.get(1), "Fn::Join")) {
            items.add(item.asText());
        }
        return NODES.textNode(String.join(argument.get(0).asText(), items));
    }

    JsonNode select(JsonNode argument) {
        if (!argument.isArray() || argument.size() != 2) {
            throw TemplateErrors.template(
                    "Fn::Select requires a list argument with two elements: an integer index and a list");
        }
        String index = evaluator.value(argument.get(0)).asText();
        if (!index.matches("\\d{1,9}")) {
            throw TemplateErrors.template(
                    "Fn::Select requires a list argument with two elements: an integer index and a list");
        }
        ArrayNode list = list(argument.get(1), "Fn::Select");
        if (Integer.parseInt(index) >= list.size()) {
            throw TemplateErrors.template("Fn::Select cannot select nonexistent value at index " + index);
        }
        return list.get(Integer.parseInt(index));
    }

    JsonNode split(JsonNode argument) {
        if (!argument.isArray()
                || argument.size() != 2
                || argument.get(0).asText().isEmpty()) {
            throw TemplateErrors.template(
                    "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string"
                            + " to be split or a function that returns a string to be split.");
        }
        String text = evaluator.value(argument.get(1)).asText();
        ArrayNode parts = NODES.arrayNode();
        for (String part : text.split(Pattern.quote(argument.get(0).asText()), -1)) {
            parts.add(part);
        }
        return parts;
    }

    JsonNode base64(JsonNode argument) {
        JsonNode value = evaluator.value(argument);
        if (value.isContainerNode() || value.isMissingNode()) {
            throw TemplateErrors.template("every Fn::Base64 object must have a String-typed value.");
        }
        return NODES.textNode(Base64.getEncoder().encodeToString(value.asText().getBytes(StandardCharsets.UTF_8)));
    }

    JsonNode length(JsonNode argument) {
        JsonNode value = evaluator.value(argument);
        if (!value.isArray()) {
            throw TemplateErrors.template("Fn::Length requires a list");
        }
        return NODES.numberNode(value.size());
    }

    JsonNode toJsonString(JsonNode argument) {
        JsonNode value = evaluator.value(argument);
        if (!value.isContainerNode()) {
            throw TemplateErrors.template("Fn::ToJsonString requires an object or a list");
        }
        return NODES.textNode(value.toString());
    }

    JsonNode cidr(JsonNode argument) {
        if (!argument.isArray() || argument.size() < 2 || argument.size() > 3) {
            throw cidrFault();
        }
        String block = evaluator.value(argument.get(0)).asText();
        String count = evaluator.value(argument.get(1)).asText();
        String bits = argument.size() == 3 ? evaluator.value(argument.get(2)).asText() : "8";
        if (!count.matches("\\d{1,3}") || !bits.matches("\\d{1,3}")) {
            throw cidrFault();
        }
        ArrayNode blocks = NODES.arrayNode();
        CidrBlock.parse(block)
                .flatMap(parent -> parent.split(Integer.parseInt(count), Integer.parseInt(bits)))
                .orElseThrow(TextFunctions::cidrFault)
                .forEach(blocks::add);
        return blocks;
    }

    private static Fault cidrFault() {
        return TemplateErrors.template(
                "Fn::Cidr object requires a valid CIDR block, a count from 1 to 256 and a number of subnet"
                        + " bits that fit into it.");
    }

    private ArrayNode list(JsonNode node, String function) {
        if (evaluator.value(node) instanceof ArrayNode array) {
            return array;
        }
        throw TemplateErrors.template(function + " requires a list of values");
    }
}
