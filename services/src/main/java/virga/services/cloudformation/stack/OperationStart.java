package virga.services.cloudformation.stack;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.UnitOfWork;
import virga.kernel.Principal;
import virga.services.cloudformation.stack.OperationRecord.Kind;
import virga.services.cloudformation.stack.OperationRecord.Phase;
import virga.services.cloudformation.template.TemplateErrors;

/** Begins operations: writes what is to be done, and sends the task that does it. */
public final class OperationStart {
    /**
     * @param principal who makes the resources
     * @param onFailure {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}
     * @param spared resources that a deletion leaves, or a resumed roll back passes over
     */
    public record Settings(Principal principal, String onFailure, List<String> spared, String clientToken) {}

    private final UnitOfWork work;
    private final Stacks stacks;

    public OperationStart(UnitOfWork work, Stacks stacks) {
        this.work = work;
        this.stacks = stacks;
    }

    /** A new stack. */
    public void create(StackRecord stack, Revision target, Settings settings) {
        StackRecord begun = stack.with(target).with(StackStatus.CREATE_IN_PROGRESS, "User Initiated");
        begin(begun, new OperationRecord.Change(target, Revision.NONE, Map.of()), Kind.CREATE, Phase.FORWARD, settings);
    }

    /** @throws virga.kernel.Fault where the stack cannot be updated now */
    public void update(StackRecord stack, Revision target, Settings settings) {
        if (!stack.status().canBeUpdated()) {
            throw TemplateErrors.validation(
                    "Stack:" + stack.arn() + " is in " + stack.status() + " state and can not be updated.");
        }
        StackRecord begun =
                stack.with(StackStatus.UPDATE_IN_PROGRESS, "User Initiated").updatedAt(now());
        begin(
                begun,
                new OperationRecord.Change(target, stack.revision(), standing(stack)),
                Kind.UPDATE,
                Phase.FORWARD,
                settings);
    }

    public void delete(StackRecord stack, Settings settings) {
        StackRecord begun = stack.with(StackStatus.DELETE_IN_PROGRESS, "User Initiated");
        begin(
                begun,
                new OperationRecord.Change(stack.revision(), stack.revision(), Map.of()),
                Kind.DELETE,
                Phase.DELETE,
                settings);
    }

    /** Goes on with a roll back that failed. */
    public void resumeRollBack(StackRecord stack, List<String> spared) {
        OperationRecord resumed = FailedRollbacks.resumed(
                        work, stacks, stack.uuid(), work.ids().uuid(), spared)
                .filter(kept -> stack.status() == StackStatus.UPDATE_ROLLBACK_FAILED)
                .orElseThrow(() -> TemplateErrors.validation(
                        "Stack:" + stack.arn() + " is in " + stack.status() + " state and can not continue rollback."));
        send(stack.with(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, "User Initiated"), resumed);
    }

    private Map<String, StandingResource> standing(StackRecord stack) {
        Map<String, StandingResource> standing = new LinkedHashMap<>();
        stacks.resources(work, stack.uuid()).forEach((name, resource) -> {
            if (resource.standing().exists()) {
                standing.put(name, resource.standing());
            }
        });
        return standing;
    }

    private void begin(StackRecord stack, OperationRecord.Change change, Kind kind, Phase phase, Settings settings) {
        send(
                stack,
                new OperationRecord(
                        work.ids().uuid(),
                        kind,
                        phase,
                        change,
                        List.of(),
                        new OperationRecord.Settings(
                                settings.principal(), settings.onFailure(), settings.spared(), settings.clientToken()),
                        ""));
    }

    private void send(StackRecord stack, OperationRecord operation) {
        stacks.put(work, stack.uuid(), operation);
        work.send(StackKeys.OPERATE, stack.uuid() + "/" + operation.id());
        stacks.put(work, stack);
        stacks.addStackEvent(
                work, stack, work.ids().uuid(), now(), operation.settings().clientToken());
        work.raise(StackSignals.of(stack.arn()));
    }

    private Instant now() {
        return work.now();
    }
}
