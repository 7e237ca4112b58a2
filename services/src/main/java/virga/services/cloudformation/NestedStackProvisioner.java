package virga.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.kernel.Signals;
import virga.model.cloudformation.AlreadyExistsException;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.CreateStackInput;
import virga.model.cloudformation.DeleteStackInput;
import virga.model.cloudformation.DescribeStacksInput;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.Stack;
import virga.model.cloudformation.Tag;
import virga.model.cloudformation.UpdateStackInput;
import virga.services.cloudformation.stack.StackSignals;
import virga.services.cloudformation.stack.StackStatus;
import virga.services.cloudformation.template.TemplateErrors;

/**
 * {@code AWS::CloudFormation::Stack}: a stack in a stack. It is made through CloudFormation's own operations and waited for.
 *
 * <p>Source: its page in the CloudFormation Template Reference.
 */
final class NestedStackProvisioner implements Provisioner {
    static final String TYPE = "AWS::CloudFormation::Stack";

    private static final int LONGEST_NAME = 128;
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);
    private static final List<String> CAPABILITIES =
            List.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .inPlace("TemplateURL", "Parameters/*", "Tags/[]/Key", "Tags/[]/Value")
                .unsupported("NotificationARNs", "TimeoutInMinutes", "TemplateBody")
                .requiring("TemplateURL");
    }

    @Override
    public Provisioned create(Provisioning request) throws InterruptedException {
        String name = request.generatedName(LONGEST_NAME);
        try {
            request.call(
                    CloudFormation.CREATE_STACK,
                    CreateStackInput.builder()
                            .stackName(name)
                            .templateURL(request.properties().text("TemplateURL", ""))
                            .parameters(parameters(request))
                            .tags(tags(request))
                            .capabilities(CAPABILITIES)
                            .build());
        } catch (AlreadyExistsException begunBefore) {
            // The name follows from the token: a repeated step finds the stack that it began.
        }
        Stack stack = settled(request, name);
        if (!status(stack).equals(StackStatus.CREATE_COMPLETE.name())) {
            // Nobody will own it: what could not be made is taken away, its events stay under its ARN.
            request.call(
                    CloudFormation.DELETE_STACK,
                    DeleteStackInput.builder().stackName(name).build());
        }
        return made(stack, StackStatus.CREATE_COMPLETE);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous)
            throws InterruptedException {
        try {
            request.call(
                    CloudFormation.UPDATE_STACK,
                    UpdateStackInput.builder()
                            .stackName(current.physicalId())
                            .templateURL(request.properties().text("TemplateURL", ""))
                            .parameters(parameters(request))
                            .tags(tags(request))
                            .capabilities(CAPABILITIES)
                            .build());
        } catch (Fault fault) {
            if (!fault.getMessage().equals("No updates are to be performed.")) {
                throw fault;
            }
            return current;
        }
        return made(settled(request, current.physicalId()), StackStatus.UPDATE_COMPLETE);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) throws InterruptedException {
        request.call(
                CloudFormation.DELETE_STACK,
                DeleteStackInput.builder().stackName(current.physicalId()).build());
        Stack stack = settled(request, current.physicalId());
        if (!status(stack).equals(StackStatus.DELETE_COMPLETE.name())) {
            throw failed(stack);
        }
    }

    private static List<Parameter> parameters(Provisioning request) {
        List<Parameter> parameters = new ArrayList<>();
        request.properties().object("Parameters").json().properties().forEach(entry -> {
            String value = entry.getValue().isArray()
                    ? String.join(
                            ",",
                            entry.getValue().valueStream().map(JsonNode::asText).toList())
                    : entry.getValue().asText();
            parameters.add(Parameter.builder()
                    .parameterKey(entry.getKey())
                    .parameterValue(value)
                    .build());
        });
        return parameters;
    }

    private static List<Tag> tags(Provisioning request) {
        List<Tag> tags = new ArrayList<>();
        request.tags().forEach((key, value) -> {
            if (!key.startsWith("aws:")) {
                tags.add(Tag.builder().key(key).value(value).build());
            }
        });
        request.properties()
                .tags()
                .forEach((key, value) ->
                        tags.add(Tag.builder().key(key).value(value).build()));
        return tags;
    }

    private static Stack settled(Provisioning request, String nameOrArn) throws InterruptedException {
        Stack stack = describe(request, nameOrArn);
        String arn = stack.stackId().orElse(nameOrArn);
        try (Signals.Listener listener = request.environment().ports().signals().listen(StackSignals.of(arn))) {
            stack = describe(request, arn);
            while (StackStatus.valueOf(status(stack)).isBusy()) {
                listener.await(request.environment().ports().clock().now().plus(LOOK_AGAIN));
                stack = describe(request, arn);
            }
        }
        return stack;
    }

    private static Stack describe(Provisioning request, String nameOrArn) {
        return request.call(
                        CloudFormation.DESCRIBE_STACKS,
                        DescribeStacksInput.builder().stackName(nameOrArn).build())
                .stacks()
                .getFirst();
    }

    private static Provisioned made(Stack stack, StackStatus wanted) {
        if (!status(stack).equals(wanted.name())) {
            throw failed(stack);
        }
        Map<String, String> outputs = new TreeMap<>();
        stack.outputs()
                .forEach(output -> outputs.put(
                        "Outputs." + output.outputKey().orElse(""),
                        output.outputValue().orElse("")));
        return new Provisioned(stack.stackId().orElse(""), outputs);
    }

    private static Fault failed(Stack stack) {
        return TemplateErrors.validation("Embedded stack " + stack.stackId().orElse("")
                + " was not successfully changed: " + stack.stackStatusReason().orElseGet(() -> status(stack)));
    }

    private static String status(Stack stack) {
        return stack.stackStatus().orElse("");
    }
}
