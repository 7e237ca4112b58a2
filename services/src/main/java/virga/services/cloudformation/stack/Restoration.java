package virga.services.cloudformation.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.cloud.provision.Properties;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.kernel.Fault;
import virga.services.cloudformation.stack.OperationRecord.Leftover;
import virga.services.cloudformation.stack.ParallelSteps.Outcome;
import virga.services.cloudformation.template.DependencyGraph;

/** Puts the resources of a failed update back to what they were before it. */
final class Restoration {
    private final OperationRun run;
    private final OperationRecord operation;
    private final Map<String, StandingResource> before;

    Restoration(OperationRun run, OperationRecord operation) {
        this.run = run;
        this.operation = operation;
        this.before = operation.change().before();
    }

    /** The logical ids that could not be restored. */
    List<String> restore() throws InterruptedException {
        Map<String, ResourceRecord> resources = run.resources();
        leaveWhatIsNew(resources);
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        before.keySet().forEach(name -> {
            Set<String> first = new LinkedHashSet<>();
            if (resources.containsKey(name)) {
                first.addAll(resources.get(name).needs());
                first.retainAll(before.keySet());
            }
            needs.put(name, first);
        });
        Map<String, String> failed = new ParallelSteps(
                        run.environment().ports().threads(),
                        withoutCircles(needs),
                        name -> restore(name, resources.get(name)))
                .run();
        return List.copyOf(failed.keySet());
    }

    /** The needs of the failed target and those of before may contradict each other: then order does not matter. */
    private static DependencyGraph withoutCircles(Map<String, Set<String>> needs) {
        DependencyGraph graph = new DependencyGraph(needs);
        try {
            graph.order();
            return graph;
        } catch (Fault circular) {
            needs.replaceAll((name, others) -> Set.of());
            return new DependencyGraph(needs);
        }
    }

    private void leaveWhatIsNew(Map<String, ResourceRecord> resources) {
        run.environment().transact(run.call(), work -> {
            OperationRecord changed = run.operation(work);
            List<Leftover> left = new java.util.ArrayList<>(changed.leftovers());
            // What the failed update wanted to delete stays after all.
            left.removeIf(leftover -> leftover.standing().equals(before.get(leftover.logicalId())));
            changed = changed.with(left);
            for (ResourceRecord resource : resources.values()) {
                StandingResource old = before.get(resource.logicalId());
                if (old == null && resource.standing().exists()) {
                    changed = changed.and(new Leftover(
                            resource.logicalId(),
                            resource.standing(),
                            resource.policies().deletion(),
                            resource.needs()));
                } else if (old == null) {
                    run.forget(work, resource.logicalId());
                }
            }
            run.stacks().put(work, run.stack(work).uuid(), changed);
            return null;
        });
    }

    private Outcome restore(String name, ResourceRecord current) throws InterruptedException {
        StandingResource old = before.get(name);
        if (current == null || operation.settings().spared().contains(name)) {
            return Outcome.DONE;
        }
        boolean replaced = !current.standing().physicalId().equals(old.physicalId());
        boolean touched = !current.attempted().isEmpty()
                || !current.standing().properties().equals(old.properties());
        if (!replaced && !touched) {
            return Outcome.DONE;
        }
        if (replaced) {
            run.environment().transact(run.call(), work -> {
                Leftover leftover = new Leftover(name, current.standing(), "Delete", current.needs());
                run.stacks()
                        .put(work, run.stack(work).uuid(), run.operation(work).and(leftover));
                run.save(work, current.with(old).with(run.state("UPDATE_COMPLETE", "", operation.id())), "");
                return null;
            });
            return Outcome.DONE;
        }
        return update(name, current, old);
    }

    private Outcome update(String name, ResourceRecord current, StandingResource old) throws InterruptedException {
        String token = operation.id() + "/" + name + "/rollback";
        run.save(current.with(run.state("UPDATE_IN_PROGRESS", "", operation.id())), old.properties());
        try {
            Provisioner provisioner = run.types().provisioner(old.type());
            JsonNode attempted = current.attempted().isEmpty()
                    ? current.standing().propertiesNode()
                    : StandingResource.parse(current.attempted());
            Provisioned back = provisioner.update(
                    run.request(name, old.propertiesNode(), operation.change().previous(), token),
                    old.provisioned(),
                    Properties.previous(name, attempted));
            StandingResource restored = StandingResource.of(old.type(), back, old.propertiesNode(), old.token());
            run.save(current.with(restored).with(run.state("UPDATE_COMPLETE", "", operation.id())), old.properties());
            return Outcome.DONE;
        } catch (Fault fault) {
            String reason = OperationRun.reason(fault, token);
            run.save(current.with(run.state("UPDATE_FAILED", reason, operation.id())), old.properties());
            return new Outcome.Failed(reason);
        }
    }
}
