package virga.server.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Fault;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.CreateChangeSetInput;
import virga.model.cloudformation.DeleteChangeSetInput;
import virga.model.cloudformation.DescribeChangeSetInput;
import virga.model.cloudformation.DescribeChangeSetOutput;
import virga.model.cloudformation.DescribeStackEventsInput;
import virga.model.cloudformation.DescribeStacksInput;
import virga.model.cloudformation.ExecuteChangeSetInput;
import virga.model.cloudformation.Output;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.Stack;
import virga.model.cloudformation.StackEvent;
import virga.services.cloudformation.template.TemplateText;

/** One deployment of a template to a stack. */
public final class Deployment {
    private final Calls calls;
    private final Listener listener;

    public Deployment(Calls calls, Listener listener) {
        this.calls = calls;
        this.listener = listener;
    }

    /** Told what happens while it happens. */
    public interface Listener {
        void note(String line);

        void event(StackEvent event);
    }

    /** How it ended: the stack's status, why it failed (empty where it did not), and its outputs in the template's order. */
    public record Result(String status, String reason, boolean changed, Map<String, String> outputs) {
        public boolean succeeded() {
            return !status.contains("ROLLBACK") && status.endsWith("_COMPLETE");
        }
    }

    /**
     * Packs and deploys the template at {@code path}.
     *
     * @throws Fault where the template is refused before anything is made
     */
    public Result run(Path path, String stack, Map<String, String> parameters) throws InterruptedException {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw new Fault("ValidationError", 400, "Cannot read the template " + path + ": " + e.getMessage());
        }
        return run(TemplateText.read(text), path.toAbsolutePath().getParent(), stack, parameters);
    }

    /** As above, for a template that was read already; it is changed in place. */
    public Result run(ObjectNode template, Path folder, String stack, Map<String, String> parameters)
            throws InterruptedException {
        Packing packing = new Packing(calls, folder, listener::note);
        packing.pack(template);
        String body = template.toString();
        Optional<Stack> before = find(stack).filter(found -> !"REVIEW_IN_PROGRESS".equals(status(found)));
        String changeSet = "virga-" + Integer.toHexString(body.hashCode());
        CreateChangeSetInput.Builder request = CreateChangeSetInput.builder()
                .stackName(stack)
                .changeSetName(changeSet)
                .changeSetType(before.isPresent() ? "UPDATE" : "CREATE")
                .capabilities(List.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"))
                .parameters(parameters.entrySet().stream()
                        .map(parameter -> Parameter.builder()
                                .parameterKey(parameter.getKey())
                                .parameterValue(parameter.getValue())
                                .build())
                        .toList());
        if (body.length() > TemplateText.MAXIMUM_BODY_BYTES) {
            request.templateURL(packing.upload(stack + "-template", body));
        } else {
            request.templateBody(body);
        }
        Set<String> seen = new HashSet<>(before.isPresent() ? eventIds(stack) : Set.of());
        calls.call(CloudFormation.CREATE_CHANGE_SET, request.build());
        DescribeChangeSetOutput made = await(stack, changeSet);
        if ("FAILED".equals(made.status().orElse(""))) {
            return failed(stack, changeSet, made.statusReason().orElse(""));
        }
        calls.call(
                CloudFormation.EXECUTE_CHANGE_SET,
                ExecuteChangeSetInput.builder()
                        .stackName(stack)
                        .changeSetName(changeSet)
                        .build());
        return follow(stack, seen);
    }

    private DescribeChangeSetOutput await(String stack, String changeSet) throws InterruptedException {
        while (true) {
            DescribeChangeSetOutput made = calls.call(
                    CloudFormation.DESCRIBE_CHANGE_SET,
                    DescribeChangeSetInput.builder()
                            .stackName(stack)
                            .changeSetName(changeSet)
                            .build());
            String status = made.status().orElse("");
            if (status.equals("CREATE_COMPLETE") || status.equals("FAILED")) {
                return made;
            }
            calls.pause();
        }
    }

    private Result failed(String stack, String changeSet, String reason) {
        calls.call(
                CloudFormation.DELETE_CHANGE_SET,
                DeleteChangeSetInput.builder()
                        .stackName(stack)
                        .changeSetName(changeSet)
                        .build());
        boolean nothing =
                reason.contains("didn't contain changes") || reason.contains("No updates are to be performed");
        if (!nothing) {
            return new Result("CHANGE_SET_FAILED", reason, false, Map.of());
        }
        listener.note("nothing to change");
        Stack current = find(stack).orElseThrow();
        return new Result(status(current), "", false, outputs(current));
    }

    private Result follow(String stack, Set<String> seen) throws InterruptedException {
        String firstFailure = "";
        while (true) {
            // The status first: whatever it reports as final has its events written.
            Optional<Stack> now = find(stack);
            List<StackEvent> events = new ArrayList<>(events(stack));
            Collections.reverse(events);
            for (StackEvent event : events) {
                if (seen.add(event.eventId().orElse(""))) {
                    listener.event(event);
                    boolean failure = event.resourceStatus().orElse("").endsWith("_FAILED");
                    if (failure && firstFailure.isEmpty()) {
                        firstFailure = event.logicalResourceId().orElse("") + ": "
                                + event.resourceStatusReason().orElse("");
                    }
                }
            }
            if (now.isPresent() && isFinal(status(now.get()))) {
                return new Result(status(now.get()), firstFailure, true, outputs(now.get()));
            }
            calls.pause();
        }
    }

    private static boolean isFinal(String status) {
        return (status.endsWith("_COMPLETE") || status.endsWith("_FAILED"))
                && !status.endsWith("CLEANUP_IN_PROGRESS")
                && !status.equals("REVIEW_IN_PROGRESS");
    }

    private Set<String> eventIds(String stack) {
        Set<String> ids = new HashSet<>();
        events(stack).forEach(event -> ids.add(event.eventId().orElse("")));
        return ids;
    }

    private List<StackEvent> events(String stack) {
        return calls.call(
                        CloudFormation.DESCRIBE_STACK_EVENTS,
                        DescribeStackEventsInput.builder().stackName(stack).build())
                .stackEvents();
    }

    private Optional<Stack> find(String stack) {
        try {
            return calls
                    .call(
                            CloudFormation.DESCRIBE_STACKS,
                            DescribeStacksInput.builder().stackName(stack).build())
                    .stacks()
                    .stream()
                    .findFirst();
        } catch (Fault fault) {
            if (fault.code().equals("ValidationError")) {
                return Optional.empty(); // What CloudFormation answers for a stack that is not there.
            }
            throw fault;
        }
    }

    private static String status(Stack stack) {
        return stack.get("StackStatus").map(String::valueOf).orElse("");
    }

    private static Map<String, String> outputs(Stack stack) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Output output : stack.outputs()) {
            outputs.put(output.outputKey().orElse(""), output.outputValue().orElse(""));
        }
        return outputs;
    }
}
