package virga.services.cloudformation.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.services.cloudformation.stack.OperationRecord.Leftover;
import virga.services.cloudformation.stack.ParallelSteps.Outcome;
import virga.services.cloudformation.template.DependencyGraph;

/** Deletes resources, each after those that need it. */
final class Deletions {
    private final OperationRun run;
    private final OperationRecord operation;
    private final Set<String> spared;

    /** @param spared logical ids that are to stay */
    Deletions(OperationRun run, OperationRecord operation, Set<String> spared) {
        this.run = run;
        this.operation = operation;
        this.spared = Set.copyOf(spared);
    }

    /** Deletes; answers the logical ids that would not go. */
    List<String> delete(List<Leftover> leftovers) throws InterruptedException {
        Map<String, Leftover> byStep = new LinkedHashMap<>();
        leftovers.forEach(leftover ->
                byStep.put(leftover.logicalId() + "\n" + leftover.standing().physicalId(), leftover));
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        byStep.forEach((step, leftover) -> {
            Set<String> first = new LinkedHashSet<>();
            byStep.forEach((other, it) -> {
                if (it.needs().contains(leftover.logicalId()) && !other.equals(step)) {
                    first.add(other);
                }
            });
            needs.put(step, first);
        });
        List<String> failed = new ArrayList<>();
        new ParallelSteps(run.environment().ports().threads(), new DependencyGraph(needs), step -> {
                    Leftover leftover = byStep.get(step);
                    if (!delete(leftover)) {
                        synchronized (failed) {
                            failed.add(leftover.logicalId());
                        }
                    }
                    return Outcome.DONE;
                })
                .run();
        return failed;
    }

    private boolean delete(Leftover leftover) throws InterruptedException {
        StandingResource standing = leftover.standing();
        String token = operation.id() + "/" + leftover.logicalId() + "/delete";
        if (spared.contains(leftover.logicalId()) || leftover.policy().equals("Retain")) {
            tell(leftover, "DELETE_SKIPPED", "");
            gone(leftover);
            return true;
        }
        tell(leftover, "DELETE_IN_PROGRESS", "");
        try {
            if (standing.exists()) {
                Provisioning request = run.request(
                        leftover.logicalId(),
                        standing.propertiesNode(),
                        run.stack().revision(),
                        token);
                run.types().provisioner(standing.type()).delete(request, standing.provisioned());
            }
        } catch (Fault fault) {
            tell(leftover, "DELETE_FAILED", OperationRun.reason(fault, token));
            return false;
        }
        tell(leftover, "DELETE_COMPLETE", "");
        gone(leftover);
        return true;
    }

    /** The event; and the state, where the resource is still the stack's under this id. */
    private void tell(Leftover leftover, String status, String reason) {
        run.environment().transact(run.call(), work -> {
            ResourceRecord shown = new ResourceRecord(
                    leftover.logicalId(),
                    leftover.standing().type(),
                    run.state(status, reason, operation.id()),
                    leftover.standing(),
                    "",
                    leftover.needs(),
                    new ResourceRecord.Policies(leftover.policy(), ""));
            String uuid = run.stack(work).uuid();
            run.stacks()
                    .resource(work, uuid, leftover.logicalId())
                    .filter(known -> known.standing().equals(leftover.standing()))
                    .ifPresent(known -> run.stacks().put(work, uuid, known.with(shown.state())));
            run.event(work, shown, "");
            return null;
        });
    }

    private void gone(Leftover leftover) {
        run.environment().transact(run.call(), work -> {
            String uuid = run.stack(work).uuid();
            run.stacks()
                    .resource(work, uuid, leftover.logicalId())
                    .filter(known -> known.standing().equals(leftover.standing()))
                    .ifPresent(known -> run.forget(work, leftover.logicalId()));
            OperationRecord current = run.operation(work);
            List<Leftover> left = new ArrayList<>(current.leftovers());
            left.removeIf(other -> other.standing().equals(leftover.standing()));
            run.stacks().put(work, uuid, current.with(left));
            return null;
        });
    }
}
