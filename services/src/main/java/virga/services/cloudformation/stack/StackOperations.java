package virga.services.cloudformation.stack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.services.cloudformation.stack.OperationRecord.Kind;
import virga.services.cloudformation.stack.OperationRecord.Leftover;
import virga.services.cloudformation.stack.OperationRecord.Phase;

/** Carries stack operations out, phase by phase. */
public final class StackOperations implements TaskHandler<String> {
    private final ResourceTypes types;

    public StackOperations(ResourceTypes types) {
        this.types = types;
    }

    /** The kind of task that this handles. */
    public static TaskKind<String> kind() {
        return StackKeys.OPERATE;
    }

    @Override
    public Result run(Task<String> task, Environment environment) throws InterruptedException {
        String[] ids = task.payload().split("/");
        String uuid = ids[0];
        Stacks stacks = new Stacks(task.scope());
        Optional<OperationRecord> operation = read(environment, stacks, uuid, ids[1]);
        while (operation.isPresent()) {
            Call call = environment
                    .newCall(task.scope(), operation.get().settings().principal(), task.cause())
                    .continued();
            phase(new OperationRun(environment, call, uuid, types), operation.get());
            operation = read(environment, stacks, uuid, ids[1]);
        }
        return Result.DONE;
    }

    /** The operation, unless it has ended: the stack's next one has a task of its own. */
    private static Optional<OperationRecord> read(Environment environment, Stacks stacks, String uuid, String id) {
        return environment
                .read(reading -> stacks.operation(reading, uuid))
                .filter(operation -> operation.id().equals(id));
    }

    private void phase(OperationRun run, OperationRecord operation) throws InterruptedException {
        switch (operation.phase()) {
            case FORWARD -> forward(run, operation);
            case CLEAN_UP -> cleanUp(run, operation);
            case ROLL_BACK -> rollBack(run, operation);
            case CLEAN_UP_AFTER_ROLL_BACK -> {
                new Deletions(run, operation, Set.of()).delete(operation.leftovers());
                end(run, StackStatus.UPDATE_ROLLBACK_COMPLETE, "");
            }
            case DELETE -> delete(run, operation);
        }
    }

    private void forward(OperationRun run, OperationRecord operation) throws InterruptedException {
        try {
            ForwardPass pass = new ForwardPass(run, operation);
            Optional<String> failure = pass.makeResources();
            if (failure.isPresent()) {
                fail(run, operation, failure.get());
                return;
            }
            List<StackRecord.OutputValue> outputs = pass.outputs();
            boolean created = operation.kind() == Kind.CREATE;
            run.environment().transact(run.call(), work -> {
                StackRecord stack =
                        run.stack(work).with(operation.change().target()).withOutputs(outputs);
                Exports.replace(work, run.stacks(), stack, outputs, pass.imports());
                if (created) {
                    run.status(
                            work,
                            stack.with(StackStatus.CREATE_COMPLETE, ""),
                            operation.settings().clientToken());
                    run.stacks().deleteOperation(work, stack.uuid());
                } else {
                    run.status(
                            work,
                            stack.with(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, ""),
                            operation.settings().clientToken());
                    run.stacks().put(work, stack.uuid(), run.operation(work).in(Phase.CLEAN_UP));
                }
                return null;
            });
        } catch (Fault fault) {
            fail(run, operation, fault.getMessage());
        }
    }

    private void cleanUp(OperationRun run, OperationRecord operation) throws InterruptedException {
        new Deletions(run, operation, Set.of()).delete(operation.leftovers());
        end(run, StackStatus.UPDATE_COMPLETE, "");
    }

    private void fail(OperationRun run, OperationRecord operation, String reason) {
        boolean created = operation.kind() == Kind.CREATE;
        String onFailure = operation.settings().onFailure();
        if (onFailure.equals("DO_NOTHING")) {
            run.environment().transact(run.call(), work -> {
                StackRecord stack = run.stack(work).with(operation.change().target());
                run.status(
                        work,
                        stack.with(created ? StackStatus.CREATE_FAILED : StackStatus.UPDATE_FAILED, reason),
                        operation.settings().clientToken());
                run.stacks().deleteOperation(work, stack.uuid());
                return null;
            });
            return;
        }
        StackStatus status = !created
                ? StackStatus.UPDATE_ROLLBACK_IN_PROGRESS
                : onFailure.equals("DELETE") ? StackStatus.DELETE_IN_PROGRESS : StackStatus.ROLLBACK_IN_PROGRESS;
        run.environment().transact(run.call(), work -> {
            StackRecord stack = run.stack(work);
            String told = created && status != StackStatus.DELETE_IN_PROGRESS
                    ? reason.stripTrailing() + " Rollback requested by user."
                    : reason;
            run.status(
                    work, stack.with(status, told.strip()), operation.settings().clientToken());
            Phase next = status == StackStatus.DELETE_IN_PROGRESS ? Phase.DELETE : Phase.ROLL_BACK;
            run.stacks().put(work, stack.uuid(), run.operation(work).in(next).failedFor(reason));
            return null;
        });
    }

    private void rollBack(OperationRun run, OperationRecord operation) throws InterruptedException {
        if (operation.kind() == Kind.CREATE) {
            List<String> failed = new Deletions(run, operation, Set.of()).delete(standing(run, true));
            forgetTheRest(run, failed);
            end(
                    run,
                    failed.isEmpty() ? StackStatus.ROLLBACK_COMPLETE : StackStatus.ROLLBACK_FAILED,
                    failed.isEmpty() ? "" : "The following resource(s) failed to delete: " + failed + ". ");
            return;
        }
        List<String> failed = new Restoration(run, operation).restore();
        if (!failed.isEmpty()) {
            run.environment().transact(run.call(), work -> {
                run.status(
                        work,
                        run.stack(work)
                                .with(
                                        StackStatus.UPDATE_ROLLBACK_FAILED,
                                        "The following resource(s) failed to update: " + failed + ". "),
                        operation.settings().clientToken());
                // The operation stays, for ContinueUpdateRollback; only its task ends.
                run.stacks().deleteOperation(work, run.stack(work).uuid());
                FailedRollbacks.keep(work, run.stacks(), run.stack(work).uuid(), operation);
                return null;
            });
            return;
        }
        run.environment().transact(run.call(), work -> {
            StackRecord stack = run.stack(work).with(StackStatus.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, "");
            run.status(work, stack, operation.settings().clientToken());
            run.stacks().put(work, stack.uuid(), run.operation(work).in(Phase.CLEAN_UP_AFTER_ROLL_BACK));
            return null;
        });
    }

    private void delete(OperationRun run, OperationRecord operation) throws InterruptedException {
        Set<String> spared = new HashSet<>(operation.settings().spared());
        boolean afterFailure = !operation.failure().isEmpty();
        List<String> failed = new Deletions(run, operation, spared).delete(standing(run, afterFailure));
        if (!failed.isEmpty()) {
            end(run, StackStatus.DELETE_FAILED, "The following resource(s) failed to delete: " + failed + ". ");
            return;
        }
        forgetTheRest(run, List.of());
        run.environment().transact(run.call(), work -> {
            StackRecord stack = run.stack(work);
            Exports.replace(work, run.stacks(), stack, List.of(), Set.of());
            StackRecord.Times times = new StackRecord.Times(
                    stack.times().created(),
                    stack.times().updated(),
                    run.environment().ports().clock().now());
            run.status(
                    work,
                    stack.with(times).with(StackStatus.DELETE_COMPLETE, ""),
                    operation.settings().clientToken());
            run.stacks().deleteOperation(work, stack.uuid());
            run.stacks()
                    .changeSets(work, stack.uuid())
                    .forEach(changeSet -> run.stacks().delete(work, changeSet));
            return null;
        });
    }

    /** Everything that stands, to be deleted. */
    private static List<Leftover> standing(OperationRun run, boolean afterFailedCreation) {
        List<Leftover> leftovers = new ArrayList<>();
        for (ResourceRecord resource : run.resources().values()) {
            if (resource.standing().exists()) {
                String policy = resource.policies().deletion();
                boolean keep = policy.equals("Retain") || policy.equals("RetainExceptOnCreate") && !afterFailedCreation;
                leftovers.add(new Leftover(
                        resource.logicalId(), resource.standing(), keep ? "Retain" : "Delete", resource.needs()));
            }
        }
        return leftovers;
    }

    /** Resources that were never made. */
    private static void forgetTheRest(OperationRun run, List<String> kept) {
        run.environment().transact(run.call(), work -> {
            run.resources().keySet().stream()
                    .filter(name -> !kept.contains(name))
                    .forEach(name -> run.forget(work, name));
            return null;
        });
    }

    private static void end(OperationRun run, StackStatus status, String reason) {
        run.environment().transact(run.call(), work -> {
            StackRecord stack = run.stack(work);
            run.status(
                    work,
                    stack.with(status, reason),
                    run.operation(work).settings().clientToken());
            run.stacks().deleteOperation(work, stack.uuid());
            return null;
        });
    }
}
