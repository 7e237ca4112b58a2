package virga.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Fault;

/**
 * Evaluates a template's intrinsic functions. {@code AWS::NoValue} is a {@link MissingNode}: objects and lists leave it out.
 *
 * <p>Source: "Intrinsic function reference", AWS CloudFormation User Guide.
 */
public final class Evaluator {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Template template;
    private final Map<String, JsonNode> parameters;
    private final PseudoParameters pseudo;
    private final ResourceValues resources;
    private final ExternalValues external;
    private final TextFunctions functions;
    private final ConditionFunctions conditions;

    public Evaluator(
            Template template,
            ParameterValues parameters,
            PseudoParameters pseudo,
            ResourceValues resources,
            ExternalValues external) {
        this.template = template;
        this.parameters = new LinkedHashMap<>(parameters.resolved());
        this.pseudo = pseudo;
        this.resources = resources;
        this.external = external;
        this.functions = new TextFunctions(this);
        this.conditions = new ConditionFunctions(this, template);
    }

    /**
     * The value of a part of the template.
     *
     * @throws Fault where a function is called wrongly or its answer does not exist
     */
    public JsonNode value(JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            String replaced = DynamicReference.replaceIn(text, external);
            return replaced.equals(text) ? node : NODES.textNode(replaced);
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> {
                JsonNode value = value(item);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            });
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        Optional<Map.Entry<String, JsonNode>> call = Intrinsics.call(node);
        return call.isPresent() ? function(call.get().getKey(), call.get().getValue()) : object(node);
    }

    private ObjectNode object(JsonNode node) {
        ObjectNode object = NODES.objectNode();
        node.properties().forEach(field -> {
            JsonNode value = value(field.getValue());
            if (!value.isMissingNode()) {
                object.set(field.getKey(), value);
            }
        });
        return object;
    }

    /** Whether the condition {@code name} holds. */
    public boolean condition(String name) {
        return conditions.named(name);
    }

    /** Checks the template's rules. */
    public void checkRules() {
        conditions.checkRules();
    }

    /** {@code node} with only the branches of {@code Fn::If} that its conditions choose. */
    public JsonNode chosen(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(item -> array.add(chosen(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.size() == 1 && node.has("Fn::If")) {
            return chosen(conditions.branch(node.get("Fn::If")));
        }
        ObjectNode object = NODES.objectNode();
        node.properties().forEach(field -> object.set(field.getKey(), chosen(field.getValue())));
        return object;
    }

    /** The resources whose conditions hold, and what each of them needs. */
    public DependencyGraph graph() {
        Set<String> existing = new LinkedHashSet<>();
        for (ResourceDeclaration resource : template.resources().values()) {
            if (resource.condition().map(this::condition).orElse(true)) {
                existing.add(resource.logicalId());
            }
        }
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        for (String name : existing) {
            ResourceDeclaration resource = template.resources().get(name);
            Set<String> others = References.in(chosen(resource.properties()))
                    .resources(template.resources().keySet());
            Set<String> absent = new LinkedHashSet<>(others);
            absent.removeAll(existing);
            if (!absent.isEmpty()) {
                throw TemplateErrors.unresolved(String.join(", ", absent), "Resources");
            }
            resource.dependsOn().stream().filter(existing::contains).forEach(others::add);
            needs.put(name, others);
        }
        return new DependencyGraph(needs);
    }

    /** Makes the default implicit dependency visible: which resources {@code node} refers to in its chosen branches. */
    public Set<String> resourcesIn(JsonNode node) {
        return References.in(chosen(node)).resources(template.resources().keySet());
    }

    private JsonNode function(String name, JsonNode argument) {
        return switch (name) {
            case "Ref" -> ref(argument.asText());
            case "Fn::GetAtt" -> attribute(argument);
            case "Fn::If" -> value(conditions.branch(argument));
            case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" ->
                NODES.booleanNode(conditions.holds(NODES.objectNode().set(name, argument)));
            case "Fn::FindInMap" -> findInMap(argument);
            case "Fn::Sub" -> functions.sub(argument);
            case "Fn::Join" -> functions.join(argument);
            case "Fn::Select" -> functions.select(argument);
            case "Fn::Split" -> functions.split(argument);
            case "Fn::Base64" -> functions.base64(argument);
            case "Fn::Length" -> functions.length(argument);
            case "Fn::ToJsonString" -> functions.toJsonString(argument);
            case "Fn::Cidr" -> functions.cidr(argument);
            case "Fn::GetAZs" -> availabilityZones(argument);
            case "Fn::ImportValue" -> NODES.textNode(external.imported(importName(argument)));
            case "Fn::GetStackOutput" -> throw Fault.unsupported("Fn::GetStackOutput");
            default ->
                throw TemplateErrors.template("Encountered unsupported function: " + name + " Supported functions are: "
                        + Intrinsics.FUNCTIONS);
        };
    }

    private String importName(JsonNode argument) {
        if (!References.in(argument).resources(template.resources().keySet()).isEmpty()) {
            throw TemplateErrors.template(
                    "the attribute in Fn::ImportValue must not depend on any resources, imported values,"
                            + " or Fn::GetAZs");
        }
        return value(argument).asText();
    }

    private JsonNode availabilityZones(JsonNode argument) {
        String region = value(argument).asText();
        ArrayNode zones = NODES.arrayNode();
        external.availabilityZones(region.isEmpty() ? pseudo.region() : region).forEach(zones::add);
        return zones;
    }

    JsonNode ref(String name) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        Optional<JsonNode> found = pseudo.value(name);
        if (found.isPresent()) {
            return found.get();
        }
        JsonNode parameter = parameters.get(name);
        return parameter != null ? parameter : resources.ref(name);
    }

    JsonNode attribute(JsonNode argument) {
        if (argument.isTextual()) {
            int dot = argument.asText().indexOf('.');
            return attribute(
                    argument.asText().substring(0, dot), argument.asText().substring(dot + 1));
        }
        return attribute(argument.get(0).asText(), value(argument.get(1)).asText());
    }

    JsonNode attribute(String logicalId, String name) {
        return resources.attribute(logicalId, name);
    }

    private JsonNode findInMap(JsonNode argument) {
        if (!argument.isArray() || argument.size() < 3 || argument.size() > 4) {
            throw TemplateErrors.template(
                    "every Fn::FindInMap object requires three parameters, the map name, map key and the"
                            + " attribute for return value");
        }
        String map = value(argument.get(0)).asText();
        String key = value(argument.get(1)).asText();
        String attribute = value(argument.get(2)).asText();
        JsonNode found = template.mappings().path(map).path(key).path(attribute);
        if (!found.isMissingNode()) {
            return found;
        }
        if (argument.path(3).has("DefaultValue")) {
            return value(argument.get(3).get("DefaultValue"));
        }
        if (!template.mappings().has(map)) {
            throw TemplateErrors.template(
                    "Mapping named '" + map + "' is not present in the 'Mappings' section of template.");
        }
        throw TemplateErrors.template("Unable to get mapping for " + map + "::" + key + "::" + attribute);
    }
}
