package virga.reviewer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.GetTemplateInput;
import virga.model.cloudformation.ListStackResourcesInput;
import virga.model.cloudformation.ListStacksInput;
import virga.model.cloudformation.StackResourceSummary;
import virga.model.cloudformation.StackSummary;
import virga.reviewer.rules.Subject;
import virga.reviewer.rules.Template;

/** The templates of an environment's stacks, and which declared resource each made one is. */
final class DeployedStacks {
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param only a stack's name; empty for all */
    static DeployedStacks read(LiveEnvironment live, String only) {
        DeployedStacks stacks = new DeployedStacks();
        try {
            live
                    .call(
                            rootCall(live),
                            CloudFormation.LIST_STACKS,
                            ListStacksInput.builder().build())
                    .stackSummaries()
                    .stream()
                    .filter(stack -> !stack.stackStatus().orElse("").equals("DELETE_COMPLETE"))
                    .flatMap(stack -> stackName(stack).stream())
                    .filter(name -> only.isEmpty() || only.equals(name))
                    .forEach(name -> stacks.add(live, name));
        } catch (Fault fault) {
            stacks.notes.add("templates could not be read: " + fault.getMessage());
        }
        return stacks;
    }

    private static java.util.Optional<String> stackName(StackSummary stack) {
        return stack.stackName();
    }

    private void add(LiveEnvironment live, String stack) {
        Template source = Template.read(stack, body(live, stack, "Original"));
        Template template = Template.read(stack, body(live, stack, "Processed")).madeOf(source);
        templates.put(stack, template);
        for (StackResourceSummary resource : live.call(
                        rootCall(live),
                        CloudFormation.LIST_STACK_RESOURCES,
                        ListStackResourcesInput.builder().stackName(stack).build())
                .stackResourceSummaries()) {
            String logicalId = resource.logicalResourceId().orElse("");
            String physicalId = resource.physicalResourceId().orElse("");
            template.subject(logicalId)
                    .ifPresent(known ->
                            subjects.put(physicalId, new Subject(physicalId, known.declared(), known.location())));
        }
    }

    private static String body(LiveEnvironment live, String stack, String stage) {
        return live.call(
                        rootCall(live),
                        CloudFormation.GET_TEMPLATE,
                        GetTemplateInput.builder()
                                .stackName(stack)
                                .templateStage(stage)
                                .build())
                .templateBody()
                .orElse("");
    }

    Map<String, Template> templates() {
        return templates;
    }

    List<String> notes() {
        return notes;
    }

    /** What a made resource was declared as; its name alone where no stack made it. */
    Subject subject(Subject named) {
        return subjects.getOrDefault(named.name(), named);
    }

    /** A call of the account's root, which leaves no record. */
    static Call rootCall(LiveEnvironment live) {
        var settings = live.settings();
        return live.newCall(
                        new Scope(live.name(), settings.accountId(), settings.region()),
                        new Principal.Root(settings.accountId()),
                        Cause.root(live.ports().ids().traceId()))
                .counted();
    }
}
