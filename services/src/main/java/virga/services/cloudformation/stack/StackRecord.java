package virga.services.cloudformation.stack;

import java.time.Instant;
import java.util.List;
import virga.kernel.Arn;
import virga.kernel.Scope;

/** A stack as it is kept. */
public record StackRecord(
        Identity identity,
        StackStatus status,
        String reason,
        Revision revision,
        List<OutputValue> outputs,
        Options options,
        Times times) {
    /** @param uuid the end of its ARN: names are used again, ARNs are not */
    public record Identity(String name, String uuid, String arn) {
        public static Identity of(Scope scope, String name, String uuid) {
            return new Identity(
                    name,
                    uuid,
                    Arn.of("cloudformation", scope, "stack/" + name + "/" + uuid)
                            .toString());
        }
    }

    /**
     * @param disableRollback whether a failed operation leaves what it made
     * @param parentId the stack that this one is nested in, or empty
     * @param changeSetId the change set that was executed last, or empty
     */
    public record Options(
            boolean disableRollback,
            boolean terminationProtection,
            String parentId,
            String rootId,
            String changeSetId) {
        public static final Options NONE = new Options(false, false, "", "", "");

        public Options withDisableRollback(boolean value) {
            return new Options(value, terminationProtection, parentId, rootId, changeSetId);
        }

        public Options withTerminationProtection(boolean value) {
            return new Options(disableRollback, value, parentId, rootId, changeSetId);
        }

        public Options withChangeSet(String value) {
            return new Options(disableRollback, terminationProtection, parentId, rootId, value);
        }
    }

    /** The epoch where something has not happened. */
    public record Times(Instant created, Instant updated, Instant deleted) {}

    /** An output, evaluated. */
    public record OutputValue(String key, String value, String description, String exportName) {}

    public String name() {
        return identity.name();
    }

    public String uuid() {
        return identity.uuid();
    }

    public String arn() {
        return identity.arn();
    }

    public StackRecord with(StackStatus newStatus, String newReason) {
        return new StackRecord(identity, newStatus, newReason, revision, outputs, options, times);
    }

    public StackRecord with(Revision newRevision) {
        return new StackRecord(identity, status, reason, newRevision, outputs, options, times);
    }

    public StackRecord withOutputs(List<OutputValue> newOutputs) {
        return new StackRecord(identity, status, reason, revision, newOutputs, options, times);
    }

    public StackRecord with(Options newOptions) {
        return new StackRecord(identity, status, reason, revision, outputs, newOptions, times);
    }

    public StackRecord with(Times newTimes) {
        return new StackRecord(identity, status, reason, revision, outputs, options, newTimes);
    }

    public StackRecord updatedAt(Instant at) {
        return with(new Times(times.created(), at, times.deleted()));
    }

    public boolean isDeleted() {
        return status == StackStatus.DELETE_COMPLETE;
    }
}
