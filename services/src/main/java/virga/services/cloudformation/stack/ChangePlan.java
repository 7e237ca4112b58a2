package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import virga.cloud.Environment;
import virga.cloud.provision.PropertyRules.Change;
import virga.kernel.Call;
import virga.services.cloudformation.stack.PlannedChange.Detail;
import virga.services.cloudformation.template.DependencyGraph;
import virga.services.cloudformation.template.Evaluator;
import virga.services.cloudformation.template.ExternalValues;
import virga.services.cloudformation.template.ParameterValues;
import virga.services.cloudformation.template.PseudoParameters;
import virga.services.cloudformation.template.ResourceDeclaration;
import virga.services.cloudformation.template.ResourceValues;
import virga.services.cloudformation.template.Template;

/**
 * What an update of a stack to a revision would do, resource by resource, without doing it. A value that is known only once a resource
 * has been made is AWS's own placeholder.
 *
 * <p>Source: "ResourceChange" and "ResourceTargetDefinition", AWS CloudFormation API Reference.
 */
public final class ChangePlan {
    private static final String LATER = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private final Revision target;
    private final Revision previous;
    private final Map<String, ResourceRecord> resources;
    private final ResourceTypes types;
    private final Template template;
    private final Evaluator evaluator;
    private final Planned planned = new Planned();
    private final Map<String, PlannedChange> changes = new LinkedHashMap<>();

    /** @param stack the stack as it is; where it does not exist yet, its record to be */
    public ChangePlan(Environment environment, Call call, StackRecord stack, Revision target, ResourceTypes types) {
        this.target = target;
        this.previous = stack.revision();
        this.types = types;
        this.template = target.template();
        types.check(template);
        this.resources = environment.read(reading -> new Stacks(call.scope()).resources(reading, stack.uuid()));
        ExternalValues external = new CloudValues(environment, call);
        PseudoParameters pseudo =
                new PseudoParameters(call.account(), call.region(), stack.arn(), stack.name(), List.of());
        this.evaluator = new Evaluator(
                template, ParameterValues.of(template, target.parameters(), external), pseudo, planned, external);
        evaluator.checkRules();
        plan();
    }

    public List<PlannedChange> changes() {
        return List.copyOf(changes.values());
    }

    /** Whether carrying it out would change anything: a resource, a tag, or an output. */
    public boolean isEmpty() {
        return changes.isEmpty() && target.tags().equals(previous.tags()) && outputsAreTheSame();
    }

    private boolean outputsAreTheSame() {
        if (!previous.exists()) {
            return false;
        }
        ObjectNode before = previous.processedBody();
        boolean sameText = before.path("Outputs").equals(template.body().path("Outputs"));
        boolean sameInputs = previous.parameters().equals(target.parameters())
                && before.path("Mappings").equals(template.body().path("Mappings"))
                && before.path("Conditions").equals(template.body().path("Conditions"));
        return sameText && (sameInputs || template.outputs().isEmpty());
    }

    private void plan() {
        DependencyGraph graph = evaluator.graph();
        for (String name : graph.order()) {
            ResourceDeclaration declared = template.resources().get(name);
            ResourceRecord current = resources.get(name);
            if (current == null || !current.standing().exists()) {
                evaluator.value(declared.properties());
                changes.put(name, new PlannedChange("Add", name, "", declared.type(), "", List.of(), List.of()));
            } else {
                modify(declared, current);
            }
        }
        for (ResourceRecord resource : resources.values()) {
            if (!graph.needs().containsKey(resource.logicalId())
                    && resource.standing().exists()) {
                changes.put(
                        resource.logicalId(),
                        new PlannedChange(
                                "Remove",
                                resource.logicalId(),
                                resource.physicalId(),
                                resource.type(),
                                "",
                                List.of(),
                                List.of()));
            }
        }
    }

    private void modify(ResourceDeclaration declared, ResourceRecord current) {
        List<Detail> details = new ArrayList<>();
        Set<String> scope = new TreeSet<>();
        JsonNode before = current.standing().propertiesNode();
        JsonNode after = evaluator.value(declared.properties());
        new PropertyPaths(types.provisioner(declared.type()))
                .changes(before, after)
                .forEach((name, change) -> {
                    scope.add("Properties");
                    details.addAll(details(name, change, declared, after.path(name)));
                });
        for (String attribute : List.of("Metadata", "DeletionPolicy", "UpdateReplacePolicy")) {
            if (!previousDeclaration(declared)
                    .path(attribute)
                    .equals(declared.declaration().path(attribute))) {
                scope.add(attribute);
                details.add(new Detail(attribute, "", "Never", "Static", "DirectModification", ""));
            }
        }
        if (!target.tags().equals(previous.tags())) {
            scope.add("Tags");
            details.add(new Detail("Tags", "", "Never", "Static", "DirectModification", ""));
        }
        if (scope.isEmpty()) {
            return;
        }
        changes.put(
                declared.logicalId(),
                new PlannedChange(
                        "Modify",
                        declared.logicalId(),
                        current.physicalId(),
                        declared.type(),
                        replacement(details),
                        List.copyOf(scope),
                        List.copyOf(details)));
    }

    private JsonNode previousDeclaration(ResourceDeclaration declared) {
        return previous.exists()
                ? previous.processedBody().path("Resources").path(declared.logicalId())
                : JsonNodeFactory.instance.missingNode();
    }

    private static String replacement(List<Detail> details) {
        if (details.stream()
                .anyMatch(detail -> detail.requiresRecreation().equals("Always")
                        && detail.evaluation().equals("Static"))) {
            return "True";
        }
        return details.stream().anyMatch(detail -> !detail.requiresRecreation().equals("Never"))
                ? "Conditional"
                : "False";
    }

    /** Why a property changes: by itself, by a parameter, or because of a resource that changes. */
    private List<Detail> details(String name, Change change, ResourceDeclaration declared, JsonNode after) {
        String recreation = change == Change.REPLACE ? "Always" : "Never";
        List<Detail> details = new ArrayList<>();
        JsonNode expression = declared.properties().path(name);
        boolean dynamic = after.toString().contains(LATER);
        for (String other : evaluator.resourcesIn(expression)) {
            if (changes.containsKey(other)) {
                String text = expression.toString();
                boolean attribute = text.contains("[\"" + other + "\",") || text.contains("${" + other + ".");
                details.add(new Detail(
                        "Properties",
                        name,
                        recreation,
                        "Dynamic",
                        attribute ? "ResourceAttribute" : "ResourceReference",
                        other));
            }
        }
        for (String parameter : changedParameters()) {
            String text = expression.toString();
            if (text.contains("{\"Ref\":\"" + parameter + "\"}") || text.contains("${" + parameter + "}")) {
                details.add(new Detail("Properties", name, recreation, "Static", "ParameterReference", parameter));
            }
        }
        if (!dynamic && details.stream().noneMatch(detail -> detail.evaluation().equals("Static"))) {
            details.add(new Detail("Properties", name, recreation, "Static", "DirectModification", ""));
        }
        if (details.isEmpty()) {
            details.add(new Detail("Properties", name, recreation, "Dynamic", "DirectModification", ""));
        }
        return details;
    }

    private List<String> changedParameters() {
        return target.parameters().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(previous.parameters().get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What stands answers as it is, unless it will be another one. */
    private final class Planned implements ResourceValues {
        @Override
        public JsonNode ref(String logicalId) {
            return text(staying(logicalId).map(StandingResource::ref));
        }

        @Override
        public JsonNode attribute(String logicalId, String name) {
            return text(staying(logicalId).map(standing -> standing.attributes().get(name)));
        }

        private Optional<StandingResource> staying(String logicalId) {
            PlannedChange change = changes.get(logicalId);
            boolean another = change != null && !change.replacement().equals("False");
            return another
                    ? Optional.empty()
                    : Optional.ofNullable(resources.get(logicalId)).map(ResourceRecord::standing);
        }

        private static JsonNode text(Optional<String> value) {
            return JsonNodeFactory.instance.textNode(value.orElse(LATER));
        }
    }
}
