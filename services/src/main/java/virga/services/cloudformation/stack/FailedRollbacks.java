package virga.services.cloudformation.stack;

import java.util.List;
import java.util.Optional;
import virga.services.cloudformation.stack.OperationRecord.Phase;
import virga.store.Reading;
import virga.store.Transaction;

/** Roll backs that failed, kept until they are continued (ContinueUpdateRollback). */
final class FailedRollbacks {
    private FailedRollbacks() {}

    static void keep(Transaction transaction, Stacks stacks, String uuid, OperationRecord operation) {
        transaction.put(
                StackKeys.INTERRUPTED.key(
                        stacks.scope().account(), stacks.scope().region(), uuid),
                operation,
                StackKeys.OPERATION_RECORD);
    }

    /** What is to be continued, sparing the given resources. */
    static Optional<OperationRecord> resumed(
            Reading reading, Stacks stacks, String uuid, String operationId, List<String> spared) {
        return reading.get(
                        StackKeys.INTERRUPTED.key(
                                stacks.scope().account(), stacks.scope().region(), uuid),
                        StackKeys.OPERATION_RECORD)
                .map(kept -> new OperationRecord(
                        operationId,
                        kept.kind(),
                        Phase.ROLL_BACK,
                        kept.change(),
                        kept.leftovers(),
                        new OperationRecord.Settings(
                                kept.settings().principal(),
                                "ROLLBACK",
                                spared,
                                kept.settings().clientToken()),
                        kept.failure()));
    }
}
