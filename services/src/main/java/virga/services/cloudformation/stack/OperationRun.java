package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import virga.cloud.Environment;
import virga.cloud.UnitOfWork;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Step;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.services.cloudformation.template.Evaluator;
import virga.services.cloudformation.template.ParameterValues;
import virga.services.cloudformation.template.PseudoParameters;
import virga.services.cloudformation.template.Template;
import virga.store.Reading;

/** One run of an operation: what its phases share. */
final class OperationRun {
    private final Environment environment;
    private final Call call;
    private final Stacks stacks;
    private final String uuid;
    private final ResourceTypes types;

    OperationRun(Environment environment, Call call, String uuid, ResourceTypes types) {
        this.environment = environment;
        this.call = call;
        this.stacks = new Stacks(call.scope());
        this.uuid = uuid;
        this.types = types;
    }

    Environment environment() {
        return environment;
    }

    Call call() {
        return call;
    }

    Stacks stacks() {
        return stacks;
    }

    ResourceTypes types() {
        return types;
    }

    StackRecord stack(Reading reading) {
        return stacks.byUuid(reading, uuid)
                .orElseThrow(() -> new virga.kernel.Bug("operation without its stack: " + uuid));
    }

    StackRecord stack() {
        return environment.read(this::stack);
    }

    OperationRecord operation(Reading reading) {
        return stacks.operation(reading, uuid)
                .orElseThrow(() -> new virga.kernel.Bug("operation is gone while it runs: " + uuid));
    }

    OperationRecord operation() {
        return environment.read(this::operation);
    }

    void change(UnaryOperator<OperationRecord> change) {
        environment.transact(call, work -> {
            stacks.put(work, uuid, change.apply(operation(work)));
            return null;
        });
    }

    Map<String, ResourceRecord> resources() {
        return environment.read(reading -> stacks.resources(reading, uuid));
    }

    Optional<ResourceRecord> resource(String logicalId) {
        return environment.read(reading -> stacks.resource(reading, uuid, logicalId));
    }

    /** Keeps the resource in its new state, and the event. */
    void save(ResourceRecord resource, String properties) {
        environment.transact(call, work -> {
            save(work, resource, properties);
            return null;
        });
    }

    void save(UnitOfWork work, ResourceRecord resource, String properties) {
        stacks.put(work, uuid, resource);
        event(work, resource, properties);
    }

    void event(UnitOfWork work, ResourceRecord resource, String properties) {
        String status = resource.state().status();
        String eventId = resource.logicalId() + "-" + status + "-" + work.ids().hex(12);
        stacks.add(
                work,
                uuid,
                new EventRecord(
                        eventId,
                        new EventRecord.Subject(resource.logicalId(), resource.physicalId(), resource.type()),
                        status,
                        resource.state().reason(),
                        environment.ports().clock().now(),
                        properties,
                        operation(work).settings().clientToken()));
    }

    void forget(UnitOfWork work, String logicalId) {
        stacks.deleteResource(work, uuid, logicalId);
    }

    ResourceRecord.State state(String status, String reason, String operationId) {
        return new ResourceRecord.State(
                status, reason, environment.ports().clock().now(), operationId);
    }

    /** Puts the stack into a state, tells it in an event and wakes whoever waits for it. */
    void status(UnitOfWork work, StackRecord stack, String clientToken) {
        stacks.put(work, stack);
        stacks.addStackEvent(
                work, stack, work.ids().uuid(), environment.ports().clock().now(), clientToken);
        work.raise(StackSignals.of(stack.arn()));
    }

    /** The evaluator of a revision, over what stands. */
    Evaluator evaluator(Revision revision, Template template, StandingValues standing, CloudValues external) {
        StackRecord stack = stack();
        PseudoParameters pseudo =
                new PseudoParameters(call.account(), call.region(), stack.arn(), stack.name(), java.util.List.of());
        ParameterValues parameters = ParameterValues.of(template, revision.parameters(), external);
        return new Evaluator(template, parameters, pseudo, standing, external);
    }

    /** A request to a provisioner. {@code token} is the same whenever this step is run again. */
    Provisioning request(String logicalId, JsonNode properties, Revision revision, String token) {
        StackRecord stack = stack();
        Map<String, String> tags = new TreeMap<>(revision.tags());
        tags.put("aws:cloudformation:stack-name", stack.name());
        tags.put("aws:cloudformation:stack-id", stack.arn());
        tags.put("aws:cloudformation:logical-id", logicalId);
        Step step = new Step(stack.name(), stack.arn(), logicalId, token);
        return new Provisioning(environment, call, step, Properties.of(logicalId, properties), tags);
    }

    /** A provisioner's fault as events tell it. */
    static String reason(Fault fault, String token) {
        if (fault.code().equals("ValidationError") || fault.code().equals("VirgaUnsupported")) {
            return fault.getMessage();
        }
        return "Resource handler returned message: \"" + fault.getMessage() + "\" (RequestToken: " + token
                + ", HandlerErrorCode: " + handlerCode(fault) + ")";
    }

    /** Source: "Handler error codes", CloudFormation CLI User Guide. */
    private static String handlerCode(Fault fault) {
        String code = fault.code();
        if (fault.status() == 403 || code.contains("AccessDenied")) {
            return "AccessDenied";
        }
        if (code.contains("AlreadyExists") || code.contains("ResourceConflict") || code.contains("AlreadyOwned")) {
            return "AlreadyExists";
        }
        if (fault.status() == 404 || code.contains("NotFound") || code.contains("DoesNotExist")) {
            return "NotFound";
        }
        if (code.contains("Throttl")) {
            return "Throttling";
        }
        if (code.contains("LimitExceeded")) {
            return "ServiceLimitExceeded";
        }
        return fault.isClientFault() ? "InvalidRequest" : "ServiceInternalError";
    }
}
