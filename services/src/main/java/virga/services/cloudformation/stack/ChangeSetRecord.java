package virga.services.cloudformation.stack;

import java.time.Instant;
import java.util.List;

/** A change set as it is kept. */
public record ChangeSetRecord(
        Identity identity,
        String type,
        State state,
        Revision revision,
        List<PlannedChange> changes,
        String onStackFailure,
        Instant createdAt) {
    public record Identity(String name, String arn, String description, String stackUuid) {}

    /** @param execution {@code AVAILABLE}, {@code UNAVAILABLE}, {@code EXECUTE_IN_PROGRESS}, ... */
    public record State(String status, String execution, String reason) {}

    public ChangeSetRecord with(State newState) {
        return new ChangeSetRecord(identity, type, newState, revision, changes, onStackFailure, createdAt);
    }
}
