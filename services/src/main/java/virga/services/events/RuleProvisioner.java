package virga.services.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.events.DeleteRuleRequest;
import virga.model.events.Events;
import virga.model.events.ListTargetsByRuleRequest;
import virga.model.events.PutTargetsRequest;
import virga.model.events.RemoveTargetsRequest;
import virga.model.events.ResourceNotFoundException;
import virga.model.events.Target;

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
                        "Tags/[]/Key",
                        "Tags/[]/Value",
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
                .unsupported("RoleArn");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("Name", LONGEST_NAME);
        return put(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String name = name(current);
        List<String> gone = new ArrayList<>(targets(previous).keySet());
        gone.removeAll(targets(request.properties()).keySet());
        remove(request, name, gone);
        Provisioned rule = put(request, name);
        ResourceTags.change(request, rule.attributes().get("Arn"));
        return rule;
    }

    private static Provisioned put(Provisioning request, String name) {
        Properties properties = request.properties();
        String arn = request.call(
                        Events.PUT_RULE,
                        properties.withText("EventPattern").as(Events.PUT_RULE).toBuilder()
                                .name(name)
                                // Of a rule that is new; PutRule passes over those of one that is there.
                                .tags(ResourceTags.of(request))
                                .build())
                .ruleArn()
                .orElseThrow();
        Map<String, Target> targets = targets(properties);
        if (!targets.isEmpty()) {
            request.call(
                    Events.PUT_TARGETS,
                    PutTargetsRequest.builder()
                            .rule(name)
                            .eventBusName(bus(request))
                            .targets(List.copyOf(targets.values()))
                            .build());
        }
        String busName = Buses.name(request.properties().text("EventBusName", Bus.DEFAULT));
        String ref = busName.equals(Bus.DEFAULT) ? name : busName + "|" + name;
        return new Provisioned(ref, Map.of("Arn", arn));
    }

    private static String name(Provisioned current) {
        String ref = current.physicalId();
        return ref.substring(ref.indexOf('|') + 1);
    }

    private static String bus(Provisioning request) {
        return request.properties().text("EventBusName", Bus.DEFAULT);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        String name = name(current);
        request.unlessGone(ResourceNotFoundException.class, () -> {
            List<String> ids = request
                    .call(
                            Events.LIST_TARGETS_BY_RULE,
                            ListTargetsByRuleRequest.builder()
                                    .rule(name)
                                    .eventBusName(bus(request))
                                    .build())
                    .targets()
                    .stream()
                    .map(Target::id)
                    .toList();
            remove(request, name, ids);
            request.call(
                    Events.DELETE_RULE,
                    DeleteRuleRequest.builder()
                            .name(name)
                            .eventBusName(bus(request))
                            .build());
        });
    }

    private static void remove(Provisioning request, String rule, List<String> targets) {
        if (!targets.isEmpty()) {
            request.call(
                    Events.REMOVE_TARGETS,
                    RemoveTargetsRequest.builder()
                            .rule(rule)
                            .eventBusName(bus(request))
                            .ids(targets)
                            .build());
        }
    }

    private static Map<String, Target> targets(Properties properties) {
        Map<String, Target> targets = new LinkedHashMap<>();
        properties.shapes("Targets", Target.class, Target.SCHEMA).forEach(target -> targets.put(target.id(), target));
        return targets;
    }
}
