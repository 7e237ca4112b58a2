package virga.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.events.DeadLetterConfig;
import virga.model.events.DeleteRuleRequest;
import virga.model.events.Events;
import virga.model.events.InputTransformer;
import virga.model.events.ListTargetsByRuleRequest;
import virga.model.events.PutRuleRequest;
import virga.model.events.PutTargetsRequest;
import virga.model.events.RemoveTargetsRequest;
import virga.model.events.ResourceNotFoundException;
import virga.model.events.RetryPolicy;

/** {@code AWS::Events::Rule}. Source: its page in the CloudFormation Template Reference. */
final class RuleProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 64;

    @Override
    public String type() {
        return "AWS::Events::Rule";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("Name", "EventBusName")
                .inPlace(
                        "Description",
                        "EventPattern/**",
                        "ScheduleExpression",
                        "State",
                        "Targets/[]/Arn",
                        "Targets/[]/DeadLetterConfig/Arn",
                        "Targets/[]/Id",
                        "Targets/[]/Input",
                        "Targets/[]/InputPath",
                        "Targets/[]/InputTransformer/InputPathsMap/**",
                        "Targets/[]/InputTransformer/InputTemplate",
                        "Targets/[]/RetryPolicy/MaximumEventAgeInSeconds",
                        "Targets/[]/RetryPolicy/MaximumRetryAttempts",
                        "Targets/[]/RoleArn")
                .unsupported("RoleArn", "Tags");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String given = request.text("Name", "");
        String name = given.isEmpty() ? request.generatedName(LONGEST_NAME) : given;
        return put(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        String name = name(current);
        List<String> gone = new ArrayList<>(targets(previous).keySet());
        gone.removeAll(targets(request.properties()).keySet());
        if (!gone.isEmpty()) {
            request.call(
                    Events.REMOVE_TARGETS,
                    RemoveTargetsRequest.builder()
                            .rule(name)
                            .eventBusName(bus(request))
                            .ids(gone)
                            .build());
        }
        return put(request, name);
    }

    private static Provisioned put(Provisioning request, String name) {
        JsonNode properties = request.properties();
        String arn = request.call(
                        Events.PUT_RULE,
                        PutRuleRequest.builder()
                                .name(name)
                                .eventBusName(bus(request))
                                .eventPattern(
                                        properties.hasNonNull("EventPattern")
                                                ? properties.get("EventPattern").toString()
                                                : null)
                                .scheduleExpression(text(properties, "ScheduleExpression"))
                                .state(text(properties, "State"))
                                .description(text(properties, "Description"))
                                .build())
                .ruleArn()
                .orElseThrow();
        Map<String, virga.model.events.Target> targets = targets(properties);
        if (!targets.isEmpty()) {
            request.call(
                    Events.PUT_TARGETS,
                    PutTargetsRequest.builder()
                            .rule(name)
                            .eventBusName(bus(request))
                            .targets(List.copyOf(targets.values()))
                            .build());
        }
        String busName = Buses.name(request.text("EventBusName", Bus.DEFAULT));
        String ref = busName.equals(Bus.DEFAULT) ? name : busName + "|" + name;
        return new Provisioned(ref, Map.of("Arn", arn));
    }

    private static String name(Provisioned current) {
        String ref = current.physicalId();
        return ref.substring(ref.indexOf('|') + 1);
    }

    private static String bus(Provisioning request) {
        return request.text("EventBusName", Bus.DEFAULT);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        String name = name(current);
        try {
            List<String> ids = request
                    .call(
                            Events.LIST_TARGETS_BY_RULE,
                            ListTargetsByRuleRequest.builder()
                                    .rule(name)
                                    .eventBusName(bus(request))
                                    .build())
                    .targets()
                    .stream()
                    .map(virga.model.events.Target::id)
                    .toList();
            if (!ids.isEmpty()) {
                request.call(
                        Events.REMOVE_TARGETS,
                        RemoveTargetsRequest.builder()
                                .rule(name)
                                .eventBusName(bus(request))
                                .ids(ids)
                                .build());
            }
            request.call(
                    Events.DELETE_RULE,
                    DeleteRuleRequest.builder()
                            .name(name)
                            .eventBusName(bus(request))
                            .build());
        } catch (ResourceNotFoundException gone) {
            // Deleted by hand, or by this step before a crash.
        }
    }

    private static Map<String, virga.model.events.Target> targets(JsonNode properties) {
        Map<String, virga.model.events.Target> targets = new java.util.LinkedHashMap<>();
        for (JsonNode target : properties.path("Targets")) {
            JsonNode retry = target.path("RetryPolicy");
            String letters = target.path("DeadLetterConfig").path("Arn").asText("");
            targets.put(
                    target.path("Id").asText(),
                    virga.model.events.Target.builder()
                            .id(target.path("Id").asText())
                            .arn(target.path("Arn").asText())
                            .roleArn(text(target, "RoleArn"))
                            .input(text(target, "Input"))
                            .inputPath(text(target, "InputPath"))
                            .inputTransformer(transformer(target.path("InputTransformer")))
                            .retryPolicy(
                                    retry.isMissingNode()
                                            ? null
                                            : RetryPolicy.builder()
                                                    .maximumRetryAttempts(number(retry, "MaximumRetryAttempts"))
                                                    .maximumEventAgeInSeconds(number(retry, "MaximumEventAgeInSeconds"))
                                                    .build())
                            .deadLetterConfig(
                                    letters.isEmpty()
                                            ? null
                                            : DeadLetterConfig.builder()
                                                    .arn(letters)
                                                    .build())
                            .build());
        }
        return targets;
    }

    private static InputTransformer transformer(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        Map<String, String> paths = new HashMap<>();
        node.path("InputPathsMap")
                .properties()
                .forEach(path -> paths.put(path.getKey(), path.getValue().asText()));
        return InputTransformer.builder()
                .inputTemplate(node.path("InputTemplate").asText())
                .inputPathsMap(paths)
                .build();
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static Integer number(JsonNode node, String name) {
        return node.hasNonNull(name) ? Integer.valueOf(node.get(name).asText()) : null;
    }
}
