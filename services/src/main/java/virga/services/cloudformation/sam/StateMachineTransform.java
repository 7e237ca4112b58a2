package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import virga.kernel.Fault;

/** {@code AWS::Serverless::StateMachine}: the state machine, its role, version and alias, and what its events need. */
final class StateMachineTransform {
    private final TransformState state;
    private final ServerlessResource machine;

    StateMachineTransform(TransformState state, ServerlessResource machine) {
        this.state = state;
        this.machine = machine;
    }

    List<ResourceDraft> transform() {
        machine.allow(Set.of(
                "Definition",
                "DefinitionUri",
                "Logging",
                "Role",
                "RolePath",
                "DefinitionSubstitutions",
                "Events",
                "Name",
                "Type",
                "Tags",
                "PropagateTags",
                "Policies",
                "Tracing",
                "PermissionsBoundary",
                "AutoPublishAlias",
                "DeploymentPreference",
                "UseAliasAsEventTarget"));
        ResourceDraft draft =
                new ResourceDraft(machine.logicalId(), "AWS::StepFunctions::StateMachine", machine.attributes());
        List<ResourceDraft> drafts = new ArrayList<>(List.of(draft));
        definition(draft);
        role(draft, drafts);
        draft.put("StateMachineName", machine.get("Name"))
                .put("StateMachineType", machine.get("Type"))
                .put("LoggingConfiguration", machine.get("Logging"))
                .put("TracingConfiguration", machine.get("Tracing"));
        ArrayNode tags = Nodes.tags(Nodes.object("stateMachine:createdBy", Nodes.text("SAM")));
        draft.put("Tags", tags.addAll(Nodes.tags(machine.get("Tags"))));
        Optional<ResourceDraft> alias = alias(draft, drafts);
        boolean aliasIsTarget = machine.has("UseAliasAsEventTarget");
        if (aliasIsTarget && alias.isEmpty()) {
            throw fault("'UseAliasAsEventTarget' requires 'AutoPublishAlias' property to be specified.");
        }
        InvokeTarget target = InvokeTarget.byRef(aliasIsTarget ? alias.get() : draft, machine.passedAttributes());
        events(target, drafts);
        if (machine.has("PropagateTags") && machine.has("Tags")) {
            drafts.forEach(one -> TagPropagation.apply(one, machine.get("Tags")));
        }
        return drafts;
    }

    private Fault fault(String message) {
        return SamErrors.resource(machine.logicalId(), message);
    }

    private void definition(ResourceDraft draft) {
        ObjectNode substitutions = Nodes.copy(machine.get("DefinitionSubstitutions"));
        if (machine.has("Definition") && machine.has("DefinitionUri")) {
            throw fault("Specify either 'Definition' or 'DefinitionUri' property and not both.");
        }
        if (machine.has("Definition")) {
            ObjectNode definition = Nodes.copy(machine.get("Definition"));
            substitute(definition, substitutions, new int[] {1});
            draft.put(
                    "DefinitionString",
                    Nodes.object(
                            "Fn::Join",
                            Nodes.array(
                                    Nodes.text("\n"),
                                    Nodes.texts(LogicalIds.indented(definition).split("\n")))));
        } else if (machine.has("DefinitionUri")) {
            draft.put(
                    "DefinitionS3Location",
                    ContentLocation.definition(machine.get("DefinitionUri"), machine.logicalId(), "DefinitionUri"));
        } else {
            throw fault("Either 'Definition' or 'DefinitionUri' property must be specified.");
        }
        if (!substitutions.isEmpty()) {
            draft.put("DefinitionSubstitutions", substitutions);
        }
    }

    /** The definition becomes a text, so functions in it move to substitutions, in the order of sorted keys. */
    private static void substitute(JsonNode node, ObjectNode substitutions, int[] next) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            sorted.forEach((key, value) -> {
                if (isDynamic(value)) {
                    object.put(key, substitution(value, substitutions, next));
                } else {
                    substitute(value, substitutions, next);
                }
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isDynamic(array.get(i))) {
                    array.set(i, Nodes.text(substitution(array.get(i), substitutions, next)));
                } else {
                    substitute(array.get(i), substitutions, next);
                }
            }
        }
    }

    private static String substitution(JsonNode value, ObjectNode substitutions, int[] next) {
        String name = "definition_substitution_" + next[0]++;
        substitutions.set(name, value);
        return "${" + name + "}";
    }

    private static boolean isDynamic(JsonNode value) {
        return Nodes.isIntrinsic(value)
                || value.isTextual() && value.asText().matches("\\{\\{resolve:(ssm|ssm-secure|secretsmanager):[^}]+}}");
    }

    private void role(ResourceDraft draft, List<ResourceDraft> drafts) {
        if (machine.has("Role") && machine.has("Policies")) {
            throw fault("Specify either 'Role' or 'Policies' property and not both.");
        }
        if (machine.has("Role")) {
            draft.put("RoleArn", machine.get("Role"));
            return;
        }
        JsonNode given = machine.get("Policies");
        ArrayNode policies = given instanceof ArrayNode array
                ? array.deepCopy()
                : Nodes.isGiven(given) ? Nodes.array(given) : Nodes.array();
        if (machine.get("Tracing").path("Enabled").asBoolean()) {
            policies.add("AWSXrayWriteOnlyAccess");
        }
        ResourceDraft role = ExecutionRole.make(
                machine, Policies.trust("states.amazonaws.com"), Nodes.array(), Nodes.array(), policies);
        ArrayNode tags = Nodes.tags(Nodes.object("stateMachine:createdBy", Nodes.text("SAM")));
        role.put("Tags", tags.addAll(Nodes.tags(machine.get("Tags"))));
        draft.put("RoleArn", role.arn());
        drafts.add(role);
    }

    private Optional<ResourceDraft> alias(ResourceDraft draft, List<ResourceDraft> drafts) {
        if (!machine.has("AutoPublishAlias")) {
            if (machine.has("DeploymentPreference")) {
                throw fault("'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.");
            }
            return Optional.empty();
        }
        ObjectNode kept = machine.passedAttributes();
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (!kept.has(policy)) {
                kept.put(policy, "Retain");
            }
        }
        ResourceDraft version = new ResourceDraft(
                        machine.logicalId() + "Version", "AWS::StepFunctions::StateMachineVersion", kept)
                .put("StateMachineArn", draft.ref())
                .put("StateMachineRevisionId", Nodes.getAtt(draft.logicalId(), "StateMachineRevisionId"));
        ObjectNode preference = machine.has("DeploymentPreference")
                ? Nodes.copy(machine.get("DeploymentPreference"))
                : Nodes.object("Type", Nodes.text("ALL_AT_ONCE"));
        preference.set("StateMachineVersionArn", version.ref());
        ResourceDraft alias = new ResourceDraft(
                        machine.logicalId() + "Alias"
                                + machine.get("AutoPublishAlias").asText(),
                        "AWS::StepFunctions::StateMachineAlias",
                        machine.passedAttributes())
                .put("Name", machine.get("AutoPublishAlias"))
                .put("DeploymentPreference", preference);
        drafts.add(version);
        drafts.add(alias);
        return Optional.of(alias);
    }

    private void events(InvokeTarget target, List<ResourceDraft> drafts) {
        for (Map.Entry<String, JsonNode> entry : machine.get("Events").properties()) {
            ObjectNode properties = Nodes.copy(entry.getValue().path("Properties"));
            String type = entry.getValue().path("Type").asText("");
            if (machine.has("PermissionsBoundary")
                    && type.equals("ScheduleV2")
                    && !properties.has("PermissionsBoundary")) {
                properties.set("PermissionsBoundary", machine.get("PermissionsBoundary"));
            }
            EventSource event = new EventSource(
                    state,
                    target,
                    Optional.empty(),
                    machine.logicalId() + entry.getKey(),
                    entry.getKey(),
                    type,
                    properties);
            drafts.addAll(StateMachineEvents.drafts(event, machine.get("PermissionsBoundary")));
        }
    }
}
