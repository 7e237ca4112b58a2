package virga.conformance.sdk;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import virga.conformance.fixture.Account;

/** Stacks of a test's own. */
record Stacks(Account account, CloudFormationClient formation) {
    static Stacks in(Account account) {
        return new Stacks(account, account.client(CloudFormationClient.builder()));
    }

    /** Begins a stack; its name. */
    String begin(String purpose, String template, Consumer<CreateStackRequest.Builder> more) {
        String name = account.name(purpose);
        formation.createStack(
                request -> request.stackName(name).templateBody(template).applyMutation(more));
        account.afterwards(() -> delete(name));
        return name;
    }

    /** A new stack that is complete; its name. */
    String create(String purpose, String template, Consumer<CreateStackRequest.Builder> more) {
        String name = begin(purpose, template, more);
        formation.waiter().waitUntilStackCreateComplete(request -> request.stackName(name), account.waiting());
        return name;
    }

    String create(String purpose, String template) {
        return create(purpose, template, more -> {});
    }

    void update(String name, String template, Consumer<UpdateStackRequest.Builder> more) {
        formation.updateStack(
                request -> request.stackName(name).templateBody(template).applyMutation(more));
        formation.waiter().waitUntilStackUpdateComplete(request -> request.stackName(name), account.waiting());
    }

    void delete(String name) {
        formation.deleteStack(request -> request.stackName(name));
        formation.waiter().waitUntilStackDeleteComplete(request -> request.stackName(name), account.waiting());
    }

    Stack stack(String nameOrId) {
        return formation
                .describeStacks(request -> request.stackName(nameOrId))
                .stacks()
                .getFirst();
    }

    /** Waits until the stack is in this state. */
    Stack become(String name, String status) {
        return account.eventually(() -> stack(name), stack -> status.equals(stack.stackStatusAsString()));
    }

    String output(String name, String key) {
        return stack(name).outputs().stream()
                .filter(output -> output.outputKey().equals(key))
                .map(Output::outputValue)
                .findFirst()
                .orElseThrow();
    }

    String physical(String name, String logicalId) {
        return formation
                .describeStackResource(request -> request.stackName(name).logicalResourceId(logicalId))
                .stackResourceDetail()
                .physicalResourceId();
    }

    /** All events, the oldest first. */
    List<StackEvent> events(String name) {
        return formation.describeStackEventsPaginator(request -> request.stackName(name)).stackEvents().stream()
                .toList()
                .reversed();
    }

    static Parameter[] parameters(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> Parameter.builder()
                        .parameterKey(entry.getKey())
                        .parameterValue(entry.getValue())
                        .build())
                .toArray(Parameter[]::new);
    }
}
