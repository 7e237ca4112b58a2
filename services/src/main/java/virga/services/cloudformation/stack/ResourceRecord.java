package virga.services.cloudformation.stack;

import java.time.Instant;
import java.util.List;

/**
 * A stack's resource as it is kept.
 *
 * @param standing what stands; {@link StandingResource#NONE} where nothing does yet
 * @param attempted the properties of a step that is under way or has failed, as JSON; empty otherwise
 * @param needs the resources that must stand before it
 * @param policies what becomes of it when it is no longer wanted
 */
public record ResourceRecord(
        String logicalId,
        String type,
        State state,
        StandingResource standing,
        String attempted,
        List<String> needs,
        Policies policies) {
    /** @param operationId the operation that brought the resource into this state */
    public record State(String status, String reason, Instant at, String operationId) {}

    /** {@code DeletionPolicy} and {@code UpdateReplacePolicy}. */
    public record Policies(String deletion, String updateReplace) {}

    public String physicalId() {
        return standing.physicalId();
    }

    boolean isDoneBy(String operationId) {
        return state.operationId().equals(operationId) && state.status().endsWith("_COMPLETE");
    }

    ResourceRecord with(State newState) {
        return new ResourceRecord(logicalId, type, newState, standing, attempted, needs, policies);
    }

    ResourceRecord with(StandingResource newStanding) {
        return new ResourceRecord(logicalId, newStanding.type(), state, newStanding, "", needs, policies);
    }

    ResourceRecord attempting(String properties) {
        return new ResourceRecord(logicalId, type, state, standing, properties, needs, policies);
    }
}
