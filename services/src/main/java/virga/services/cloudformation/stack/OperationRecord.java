package virga.services.cloudformation.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.kernel.Principal;

/**
 * An operation under way.
 *
 * @param leftovers what is to be deleted once the operation has succeeded (or, rolling back, has restored)
 * @param failure why it failed, or empty
 */
record OperationRecord(
        String id, Kind kind, Phase phase, Change change, List<Leftover> leftovers, Settings settings, String failure) {
    enum Kind {
        CREATE,
        UPDATE,
        DELETE
    }

    /** FORWARD -> CLEAN_UP -> end; FORWARD -> ROLL_BACK -> CLEAN_UP_AFTER_ROLL_BACK -> end; DELETE -> end. */
    enum Phase {
        FORWARD,
        CLEAN_UP,
        ROLL_BACK,
        CLEAN_UP_AFTER_ROLL_BACK,
        DELETE
    }

    /**
     * @param before the resources that stood when the operation began
     */
    record Change(Revision target, Revision previous, Map<String, StandingResource> before) {}

    /** A resource that is no longer wanted. */
    record Leftover(String logicalId, StandingResource standing, String policy, List<String> needs) {}

    /**
     * @param onFailure {@code ROLLBACK}, {@code DO_NOTHING} or {@code DELETE}
     * @param spared resources that are not deleted, or (going on with a roll back) not restored
     */
    record Settings(Principal principal, String onFailure, List<String> spared, String clientToken) {}

    OperationRecord in(Phase next) {
        return new OperationRecord(id, kind, next, change, leftovers, settings, failure);
    }

    OperationRecord failedFor(String reason) {
        return new OperationRecord(id, kind, phase, change, leftovers, settings, reason);
    }

    OperationRecord with(List<Leftover> others) {
        return new OperationRecord(id, kind, phase, change, List.copyOf(others), settings, failure);
    }

    OperationRecord and(Leftover leftover) {
        List<Leftover> all = new ArrayList<>(leftovers);
        all.removeIf(known -> known.standing().equals(leftover.standing()));
        all.add(leftover);
        return with(all);
    }
}
