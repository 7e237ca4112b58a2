package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules.Change;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.services.cloudformation.stack.OperationRecord.Leftover;
import virga.services.cloudformation.stack.ParallelSteps.Outcome;
import virga.services.cloudformation.template.DependencyGraph;
import virga.services.cloudformation.template.Evaluator;
import virga.services.cloudformation.template.OutputDeclaration;
import virga.services.cloudformation.template.ResourceDeclaration;
import virga.services.cloudformation.template.Template;

/** Brings a stack's resources to what its target asks: makes, changes and replaces, each after what it needs. */
final class ForwardPass {
    private final OperationRun run;
    private final OperationRecord operation;
    private final Template template;
    private final StandingValues standing = new StandingValues();
    private final CloudValues external;
    private final Evaluator evaluator;

    ForwardPass(OperationRun run, OperationRecord operation) {
        this.run = run;
        this.operation = operation;
        this.template = operation.change().target().template();
        this.external = new CloudValues(run.environment(), run.call());
        this.evaluator = run.evaluator(operation.change().target(), template, standing, external);
    }

    /** Why it failed, naming the resources; empty where everything stands. */
    Optional<String> makeResources() throws InterruptedException {
        DependencyGraph graph = evaluator.graph();
        Map<String, String> failed =
                new ParallelSteps(run.environment().ports().threads(), graph, name -> step(name, graph)).run();
        if (!failed.isEmpty()) {
            String verb = operation.kind() == OperationRecord.Kind.CREATE ? "create" : "update";
            return Optional.of(
                    "The following resource(s) failed to " + verb + ": [" + String.join(", ", failed.keySet()) + "]. ");
        }
        leaveWhatIsGone(graph);
        return Optional.empty();
    }

    private void leaveWhatIsGone(DependencyGraph graph) {
        Map<String, ResourceRecord> resources = run.resources();
        run.change(known -> {
            OperationRecord changed = known;
            for (ResourceRecord resource : resources.values()) {
                if (!graph.needs().containsKey(resource.logicalId())
                        && resource.standing().exists()) {
                    changed = changed.and(new Leftover(
                            resource.logicalId(),
                            resource.standing(),
                            resource.policies().deletion(),
                            resource.needs()));
                }
            }
            return changed;
        });
    }

    private Outcome step(String logicalId, DependencyGraph graph) throws InterruptedException {
        ResourceDeclaration declared = template.resources().get(logicalId);
        List<String> needs = List.copyOf(graph.needs().get(logicalId));
        Optional<ResourceRecord> known =
                run.resource(logicalId).filter(resource -> resource.standing().exists());
        if (known.isPresent() && known.get().isDoneBy(operation.id())) {
            standing.put(logicalId, known.get().standing());
            return Outcome.DONE;
        }
        String token = operation.id() + "/" + logicalId;
        ResourceRecord begun = new ResourceRecord(
                logicalId,
                declared.type(),
                run.state("", "", operation.id()),
                known.map(ResourceRecord::standing).orElse(StandingResource.NONE),
                "",
                needs,
                policies(declared));
        try {
            Provisioner provisioner = run.types().provisioner(declared.type());
            JsonNode properties = evaluator.value(declared.properties());
            new PropertyPaths(provisioner).check(logicalId, properties);
            Making making = new Making(provisioner, begun, properties, token);
            StandingResource made = known.isEmpty() ? create(making, "CREATE") : change(making);
            standing.put(logicalId, made);
            return Outcome.DONE;
        } catch (Fault fault) {
            String reason = OperationRun.reason(fault, token);
            ResourceRecord latest = run.resource(logicalId).orElse(begun);
            String status = known.isEmpty() ? "CREATE_FAILED" : "UPDATE_FAILED";
            run.save(latest.with(run.state(status, reason, operation.id())), latest.attempted());
            return new Outcome.Failed(reason);
        }
    }

    /** A resource on its way, with what it is to be made with. */
    private record Making(Provisioner provisioner, ResourceRecord begun, JsonNode properties, String token) {
        String logicalId() {
            return begun.logicalId();
        }
    }

    private ResourceRecord.Policies policies(ResourceDeclaration declared) {
        return new ResourceRecord.Policies(policy(declared, "DeletionPolicy"), policy(declared, "UpdateReplacePolicy"));
    }

    private String policy(ResourceDeclaration declared, String attribute) {
        JsonNode policy = evaluator.value(declared.policy(attribute));
        return policy.asText("Delete");
    }

    private StandingResource create(Making making, String verb) throws InterruptedException {
        ResourceRecord begun = making.begun().attempting(making.properties().toString());
        run.save(
                begun.with(run.state(verb + "_IN_PROGRESS", "", operation.id())),
                making.properties().toString());
        Provisioning request = run.request(
                making.logicalId(), making.properties(), operation.change().target(), making.token());
        Provisioned provisioned = making.provisioner().create(request);
        StandingResource made = StandingResource.of(begun.type(), provisioned, making.properties(), making.token());
        complete(begun, made, verb);
        return made;
    }

    private void complete(ResourceRecord begun, StandingResource made, String verb) {
        run.environment().transact(run.call(), work -> {
            if (begun.standing().exists() && !begun.standing().physicalId().equals(made.physicalId())) {
                run.stacks()
                        .put(
                                work,
                                run.stack(work).uuid(),
                                run.operation(work)
                                        .and(new Leftover(
                                                begun.logicalId(),
                                                begun.standing(),
                                                begun.policies().updateReplace(),
                                                begun.needs())));
            }
            run.save(work, begun.with(made).with(run.state(verb + "_COMPLETE", "", operation.id())), made.properties());
            return null;
        });
    }

    private StandingResource change(Making making) throws InterruptedException {
        ResourceRecord begun = making.begun();
        JsonNode before = begun.standing().propertiesNode();
        Map<String, Change> changes = new PropertyPaths(making.provisioner()).changes(before, making.properties());
        boolean retagged = !operation
                .change()
                .target()
                .tags()
                .equals(operation.change().previous().tags());
        if (changes.isEmpty() && !retagged) {
            return unchanged(begun);
        }
        if (changes.containsValue(Change.REPLACE)) {
            String reason = "Requested update requires the creation of a new physical resource; hence creating one.";
            run.save(
                    begun.with(run.state("UPDATE_IN_PROGRESS", reason, operation.id())),
                    making.properties().toString());
            return create(making, "UPDATE");
        }
        ResourceRecord attempting = begun.attempting(making.properties().toString());
        run.save(
                attempting.with(run.state("UPDATE_IN_PROGRESS", "", operation.id())),
                making.properties().toString());
        Provisioning request = run.request(
                making.logicalId(), making.properties(), operation.change().target(), making.token());
        Provisioned provisioned = making.provisioner()
                .update(request, begun.standing().provisioned(), Properties.previous(making.logicalId(), before));
        StandingResource made = StandingResource.of(
                begun.type(), provisioned, making.properties(), begun.standing().token());
        complete(begun, made, "UPDATE");
        return made;
    }

    /** Not touched: what it needs and its policies may still be new, which is nobody's event. */
    private StandingResource unchanged(ResourceRecord begun) {
        ResourceRecord kept = run.resource(begun.logicalId()).orElse(begun);
        ResourceRecord updated = new ResourceRecord(
                kept.logicalId(), kept.type(), kept.state(), kept.standing(), "", begun.needs(), begun.policies());
        run.environment().transact(run.call(), work -> {
            run.stacks().put(work, run.stack(work).uuid(), updated);
            return null;
        });
        return kept.standing();
    }

    /** The outputs, now that everything stands. @throws Fault where one cannot be evaluated */
    List<StackRecord.OutputValue> outputs() {
        List<StackRecord.OutputValue> outputs = new ArrayList<>();
        for (OutputDeclaration output : template.outputs().values()) {
            if (output.condition().map(evaluator::condition).orElse(true)) {
                JsonNode value = evaluator.value(output.value());
                if (value.isContainerNode() || value.isMissingNode()) {
                    throw virga.services.cloudformation.template.TemplateErrors.validation(
                            "Template format error: Output " + output.name()
                                    + " is malformed. The value must be a string");
                }
                String export = output.exportName()
                        .map(name -> evaluator.value(name).asText())
                        .orElse("");
                outputs.add(new StackRecord.OutputValue(output.name(), value.asText(), output.description(), export));
            }
        }
        return outputs;
    }

    Set<String> imports() {
        return new LinkedHashSet<>(external.imports());
    }
}
