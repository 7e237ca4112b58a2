package virga.services.cloudformation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.kernel.Signals;
import virga.model.cloudformation.Change;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.CreateChangeSetInput;
import virga.model.cloudformation.CreateStackInput;
import virga.model.cloudformation.DeleteStackInput;
import virga.model.cloudformation.DescribeChangeSetInput;
import virga.model.cloudformation.DescribeChangeSetOutput;
import virga.model.cloudformation.DescribeStackEventsInput;
import virga.model.cloudformation.DescribeStacksInput;
import virga.model.cloudformation.ExecuteChangeSetInput;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.ResourceChange;
import virga.model.cloudformation.Stack;
import virga.model.cloudformation.UpdateStackInput;
import virga.services.cloudformation.stack.StackSignals;
import virga.services.cloudformation.stack.StackStatus;

/** CloudFormation as tests speak to it: ask, then wait until the stack has settled. */
record TestingStacks(TestingCloud cloud) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    Stack create(String name, String template, String... parameters) {
        cloud.call(
                CloudFormation.CREATE_STACK,
                creation(name, template).parameters(given(parameters)).build());
        return settled(name);
    }

    static CreateStackInput.Builder creation(String name, String template) {
        return CreateStackInput.builder()
                .stackName(name)
                .templateBody(template)
                .capabilities(List.of("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"));
    }

    Stack update(String name, String template, String... parameters) {
        cloud.call(
                CloudFormation.UPDATE_STACK,
                UpdateStackInput.builder()
                        .stackName(name)
                        .templateBody(template)
                        .parameters(given(parameters))
                        .capabilities(List.of("CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"))
                        .build());
        return settled(name);
    }

    Stack delete(String name) {
        String arn = describe(name).stackId().orElseThrow();
        cloud.call(
                CloudFormation.DELETE_STACK,
                DeleteStackInput.builder().stackName(name).build());
        return settled(arn);
    }

    DescribeChangeSetOutput changeSet(String stack, String type, String template) {
        cloud.call(
                CloudFormation.CREATE_CHANGE_SET,
                CreateChangeSetInput.builder()
                        .stackName(stack)
                        .changeSetName("next")
                        .changeSetType(type)
                        .templateBody(template)
                        .capabilities(List.of("CAPABILITY_IAM"))
                        .build());
        return cloud.call(
                CloudFormation.DESCRIBE_CHANGE_SET,
                DescribeChangeSetInput.builder()
                        .stackName(stack)
                        .changeSetName("next")
                        .build());
    }

    Stack execute(String stack) {
        cloud.call(
                CloudFormation.EXECUTE_CHANGE_SET,
                ExecuteChangeSetInput.builder()
                        .stackName(stack)
                        .changeSetName("next")
                        .build());
        return settled(stack);
    }

    /** Actions as {@code Modify Thing False [Properties]}. */
    static List<String> actions(DescribeChangeSetOutput changeSet) {
        return changeSet.changes().stream()
                .map(Change::resourceChange)
                .map(change -> line(change.orElseThrow()))
                .toList();
    }

    private static String line(ResourceChange change) {
        String text =
                change.action().orElse("") + " " + change.logicalResourceId().orElse("");
        return change.replacement()
                .map(replacement -> text + " " + replacement + " " + change.scope())
                .orElse(text);
    }

    Stack describe(String nameOrArn) {
        return cloud.call(
                        CloudFormation.DESCRIBE_STACKS,
                        DescribeStacksInput.builder().stackName(nameOrArn).build())
                .stacks()
                .getFirst();
    }

    String status(String nameOrArn) {
        return describe(nameOrArn).stackStatus().orElseThrow();
    }

    static Map<String, String> outputs(Stack stack) {
        Map<String, String> outputs = new java.util.TreeMap<>();
        stack.outputs()
                .forEach(output -> outputs.put(
                        output.outputKey().orElseThrow(), output.outputValue().orElseThrow()));
        return outputs;
    }

    /** Events from the oldest on, as {@code Thing CREATE_COMPLETE}. */
    List<String> events(String nameOrArn) {
        List<String> events = new ArrayList<>(cloud
                .call(
                        CloudFormation.DESCRIBE_STACK_EVENTS,
                        DescribeStackEventsInput.builder().stackName(nameOrArn).build())
                .stackEvents()
                .stream()
                .map(event -> event.logicalResourceId().orElse("") + " "
                        + event.resourceStatus().orElse(""))
                .toList());
        java.util.Collections.reverse(events);
        return events;
    }

    /** Waits until no operation is under way. */
    Stack settled(String nameOrArn) {
        String arn = describe(nameOrArn).stackId().orElseThrow();
        var ports = cloud.environment().ports();
        try (Signals.Listener listener = ports.signals().listen(StackSignals.of(arn))) {
            var deadline = ports.clock().now().plus(PATIENCE);
            while (StackStatus.valueOf(status(arn)).isBusy()) {
                if (!listener.await(deadline)) {
                    throw new AssertionError("still " + status(arn) + " after " + PATIENCE);
                }
            }
            return describe(arn);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The fault that {@code body} meets. */
    static Fault fault(Runnable body) {
        try {
            body.run();
        } catch (Fault fault) {
            return fault;
        }
        throw new AssertionError("no fault");
    }

    private static List<Parameter> given(String... pairs) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.add(Parameter.builder()
                    .parameterKey(pairs[i])
                    .parameterValue(pairs[i + 1])
                    .build());
        }
        return parameters;
    }
}
