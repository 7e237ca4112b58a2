package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import virga.kernel.Fault;

/**
 * A parameter as a template declares it.
 *
 * <p>Source: "Parameters", AWS CloudFormation User Guide.
 *
 * @param declaration the declaration itself: {@code Type}, {@code Default}, constraints
 */
public record ParameterDeclaration(String name, JsonNode declaration) {
    private static final String SSM_VALUE = "AWS::SSM::Parameter::Value<";
    private static final Pattern AWS_TYPE = Pattern.compile(
            "AWS::(EC2::(AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName"
                    + "|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)");
    private static final Set<String> MEMBERS = Set.of(
            "Type",
            "Default",
            "AllowedPattern",
            "AllowedValues",
            "ConstraintDescription",
            "Description",
            "MaxLength",
            "MaxValue",
            "MinLength",
            "MinValue",
            "NoEcho");

    public ParameterDeclaration {
        if (!declaration.isObject() || !declaration.path("Type").isTextual()) {
            throw TemplateErrors.format("Every Parameters object must contain a Type member.");
        }
        declaration.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw TemplateErrors.validation("Invalid template parameter property '" + member + "'");
            }
        });
        String type = declaration.get("Type").asText();
        if (!isKnownType(type)) {
            throw TemplateErrors.format("Unrecognized parameter type: " + type);
        }
        if (declaration.has("Default") && declaration.get("Default").isContainerNode()) {
            throw TemplateErrors.format("Every Default member must be a string.");
        }
    }

    public String type() {
        return declaration.get("Type").asText();
    }

    public String description() {
        return declaration.path("Description").asText("");
    }

    public boolean noEcho() {
        return declaration.path("NoEcho").asText("false").equalsIgnoreCase("true");
    }

    public Optional<String> defaultValue() {
        return Optional.ofNullable(declaration.get("Default")).map(JsonNode::asText);
    }

    /** Whether the given value names a parameter of SSM's Parameter Store that holds the value. */
    public boolean readsParameterStore() {
        return type().startsWith(SSM_VALUE);
    }

    public List<String> allowedValues() {
        List<String> values = new ArrayList<>();
        declaration.path("AllowedValues").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static boolean isKnownType(String type) {
        if (type.startsWith(SSM_VALUE) && type.endsWith(">")) {
            return isKnownType(type.substring(SSM_VALUE.length(), type.length() - 1));
        }
        if (type.startsWith("List<") && type.endsWith(">")) {
            String element = type.substring(5, type.length() - 1);
            return element.equals("Number")
                    || element.equals("String")
                    || AWS_TYPE.matcher(element).matches();
        }
        return switch (type) {
            case "String", "Number", "CommaDelimitedList", "AWS::SSM::Parameter::Name" -> true;
            default -> AWS_TYPE.matcher(type).matches();
        };
    }

    private String elementType() {
        String type = type();
        return type.startsWith(SSM_VALUE) ? type.substring(SSM_VALUE.length(), type.length() - 1) : type;
    }

    private boolean isList() {
        String type = elementType();
        return type.equals("CommaDelimitedList") || type.startsWith("List<");
    }

    /** What {@code Ref} answers for {@code text}: a text, or a list of texts for the list types. */
    JsonNode value(String text) {
        if (!isList()) {
            return JsonNodeFactory.instance.textNode(text);
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (!text.isEmpty()) {
            for (String item : text.split(",", -1)) {
                list.add(item.strip());
            }
        }
        return list;
    }

    /** @throws Fault where {@code text} breaks a constraint */
    void check(String text) {
        if (elementType().equals("Number") || type().equals("List<Number>")) {
            checkNumbers(text);
        }
        JsonNode value = value(text);
        if (value.isArray()) {
            value.forEach(item -> checkText(item.asText()));
        } else {
            checkText(text);
        }
    }

    private void checkText(String text) {
        List<String> allowed = allowedValues();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            throw broken("must be one of AllowedValues");
        }
        if (declaration.has("AllowedPattern")
                && !matches(declaration.get("AllowedPattern").asText(), text)) {
            throw broken(
                    "must match pattern " + declaration.get("AllowedPattern").asText());
        }
        int length = text.length();
        if (declaration.has("MinLength")
                && length < declaration.get("MinLength").asInt()) {
            throw broken("must contain at least " + declaration.get("MinLength").asText() + " characters");
        }
        if (declaration.has("MaxLength")
                && length > declaration.get("MaxLength").asInt()) {
            throw broken("must contain at most " + declaration.get("MaxLength").asText() + " characters");
        }
    }

    private boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(text).matches();
        } catch (PatternSyntaxException malformed) {
            throw TemplateErrors.format(
                    "Parameter '" + name + "' has an AllowedPattern that is not a regular expression");
        }
    }

    private void checkNumbers(String text) {
        for (String item : type().equals("List<Number>") ? text.split(",") : new String[] {text}) {
            BigDecimal number;
            try {
                number = new BigDecimal(item.strip());
            } catch (NumberFormatException notANumber) {
                throw TemplateErrors.validation("Parameter '" + name + "' must be a number");
            }
            if (declaration.has("MinValue") && number.compareTo(bound("MinValue")) < 0) {
                throw broken("must be a number not less than "
                        + declaration.get("MinValue").asText());
            }
            if (declaration.has("MaxValue") && number.compareTo(bound("MaxValue")) > 0) {
                throw broken("must be a number not greater than "
                        + declaration.get("MaxValue").asText());
            }
        }
    }

    private BigDecimal bound(String member) {
        try {
            return new BigDecimal(declaration.get(member).asText());
        } catch (NumberFormatException notANumber) {
            throw TemplateErrors.format("Parameter '" + name + "' has a " + member + " that is not a number");
        }
    }

    private Fault broken(String rule) {
        JsonNode description = declaration.get("ConstraintDescription");
        return description == null
                ? TemplateErrors.validation("Parameter '" + name + "' " + rule)
                : TemplateErrors.validation(
                        "Parameter " + name + " failed to satisfy constraint: " + description.asText());
    }
}
