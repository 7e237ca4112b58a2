package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import virga.kernel.Fault;

/**
 * A template after its transforms, its structure and its references checked; sections keep the order they were written in.
 *
 * <p>Source: "Template anatomy" and "CloudFormation quotas", AWS CloudFormation User Guide.
 */
public record Template(
        ObjectNode body,
        Map<String, ParameterDeclaration> parameters,
        ObjectNode mappings,
        ObjectNode conditions,
        ObjectNode rules,
        Map<String, ResourceDeclaration> resources,
        Map<String, OutputDeclaration> outputs) {
    static final int MAXIMUM_RESOURCES = 500;
    static final int MAXIMUM_PARAMETERS = 200;
    static final int MAXIMUM_OUTPUTS = 200;
    static final int MAXIMUM_MAPPINGS = 200;

    private static final Set<String> SECTIONS = Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Mappings",
            "Conditions",
            "Rules",
            "Resources",
            "Outputs",
            "Transform",
            "Hooks");

    public Template {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * Reads a template whose transforms have run.
     *
     * @throws Fault where its structure or a reference in it is wrong, in AWS's words
     */
    public static Template of(ObjectNode body) {
        checkSections(body);
        Template template = new Template(
                body,
                section(body, "Parameters", "Parameter", MAXIMUM_PARAMETERS, ParameterDeclaration::new),
                object(body, "Mappings", MAXIMUM_MAPPINGS),
                object(body, "Conditions", Integer.MAX_VALUE),
                object(body, "Rules", Integer.MAX_VALUE),
                section(body, "Resources", "Resource", MAXIMUM_RESOURCES, ResourceDeclaration::of),
                section(body, "Outputs", "Output", MAXIMUM_OUTPUTS, OutputDeclaration::of));
        if (template.resources.isEmpty()) {
            throw TemplateErrors.format("At least one Resources member must be defined.");
        }
        new TemplateCheck(template).run();
        return template;
    }

    public String description() {
        return body.path("Description").asText("");
    }

    public JsonNode metadata() {
        return body.path("Metadata");
    }

    /** The names of the transforms that a template asks for, in their order: the argument is the body before they run. */
    public static List<String> transforms(ObjectNode body) {
        List<String> names = new ArrayList<>();
        JsonNode transform = body.path("Transform");
        for (JsonNode one : transform.isArray()
                ? transform
                : JsonNodeFactory.instance.arrayNode().add(transform)) {
            if (one.isTextual()) {
                names.add(one.asText());
            } else if (one.isObject()) {
                names.add(one.path("Name").asText());
            }
        }
        return names;
    }

    /** What a caller must acknowledge before it is created. Source: CreateStack, Capabilities. */
    public List<String> capabilities() {
        boolean iam = false;
        boolean named = false;
        for (ResourceDeclaration resource : resources.values()) {
            String nameMember = switch (resource.type()) {
                case "AWS::IAM::Role" -> "RoleName";
                case "AWS::IAM::User" -> "UserName";
                case "AWS::IAM::Group" -> "GroupName";
                case "AWS::IAM::ManagedPolicy" -> "ManagedPolicyName";
                case "AWS::IAM::InstanceProfile" -> "InstanceProfileName";
                case "AWS::IAM::Policy", "AWS::IAM::AccessKey", "AWS::IAM::UserToGroupAddition" -> "";
                default -> null;
            };
            iam |= nameMember != null;
            named |= nameMember != null && resource.properties().has(nameMember);
        }
        return named ? List.of("CAPABILITY_NAMED_IAM") : iam ? List.of("CAPABILITY_IAM") : List.of();
    }

    private static void checkSections(ObjectNode body) {
        List<String> unknown = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!SECTIONS.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw TemplateErrors.validation("Invalid template property or properties " + unknown);
        }
        JsonNode version = body.path("AWSTemplateFormatVersion");
        if (!version.isMissingNode() && !version.asText().equals("2010-09-09")) {
            throw TemplateErrors.format("unsupported value for AWSTemplateFormatVersion.");
        }
        if (body.has("Description") && !body.get("Description").isValueNode()) {
            throw TemplateErrors.format("Description must be a string.");
        }
        if (body.path("Description").asText("").length() > 1024) {
            throw TemplateErrors.format("Description must be at most 1024 characters long.");
        }
    }

    private static ObjectNode object(ObjectNode body, String name, int maximum) {
        JsonNode section = body.path(name);
        if (section.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!(section instanceof ObjectNode object)) {
            throw TemplateErrors.format(name + " must be an object.");
        }
        if (object.size() > maximum) {
            throw TemplateErrors.format("Number of " + name.toLowerCase(java.util.Locale.ROOT) + ", " + object.size()
                    + ", is greater than maximum allowed, " + maximum);
        }
        return object;
    }

    private static <T> Map<String, T> section(
            ObjectNode body, String name, String member, int maximum, BiFunction<String, JsonNode, T> reader) {
        Map<String, T> members = new LinkedHashMap<>();
        object(body, name, maximum).properties().forEach(field -> {
            if (!field.getKey().matches("[A-Za-z0-9]{1,255}")) {
                throw TemplateErrors.format(member + " name " + field.getKey() + " is non alphanumeric.");
            }
            members.put(field.getKey(), reader.apply(field.getKey(), field.getValue()));
        });
        return members;
    }
}
