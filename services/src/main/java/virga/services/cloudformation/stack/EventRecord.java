package virga.services.cloudformation.stack;

import java.time.Instant;

/** Something that happened to a stack or a resource of it. */
public record EventRecord(
        String eventId,
        Subject subject,
        String status,
        String reason,
        Instant at,
        String properties,
        String clientToken) {
    /** What it happened to; for the stack itself the logical id is the stack's name. */
    public record Subject(String logicalId, String physicalId, String type) {}
}
