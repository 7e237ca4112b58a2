package virga.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.model.sqs.ListMessageMoveTasksResultEntry;

/**
 * Messages on their way out of a dead-letter queue.
 *
 * @param order what is asked for
 * @param until messages with this number and later ones came after the task began: they stay
 * @param moved how many were moved so far
 * @param toMove how many there were when it began
 * @param failure why it failed, in AWS's words; empty in every other status
 */
record MoveTask(
        String id, Order order, Instant startedAt, Status status, long until, long moved, long toMove, String failure) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code RUNNING -> COMPLETED | FAILED | CANCELLING}, {@code CANCELLING -> CANCELLED}. */
    enum Status {
        RUNNING,
        CANCELLING,
        COMPLETED,
        CANCELLED,
        FAILED;

        boolean isActive() {
            return this == RUNNING || this == CANCELLING;
        }
    }

    /**
     * @param destinationArn empty where each message goes back to where it came from
     * @param perSecond 0 where it is left to SQS
     */
    record Order(String sourceArn, String destinationArn, int perSecond) {}

    /** What a handle names. */
    record Named(String id, String sourceArn) {}

    static MoveTask begun(String id, Order order, Instant at, long until, long toMove) {
        return new MoveTask(id, order, at, Status.RUNNING, until, 0, toMove, "");
    }

    MoveTask with(Status changed) {
        return new MoveTask(id, order, startedAt, changed, until, moved, toMove, failure);
    }

    MoveTask failed(String reason, long more) {
        return new MoveTask(id, order, startedAt, Status.FAILED, until, moved + more, toMove, reason);
    }

    MoveTask moved(long more) {
        return new MoveTask(id, order, startedAt, status, until, moved + more, toMove, failure);
    }

    String handle() {
        try {
            byte[] named = JSON.writeValueAsBytes(
                    JSON.createObjectNode().put("taskId", id).put("sourceArn", order.sourceArn()));
            return Base64.getEncoder().encodeToString(named);
        } catch (JsonProcessingException e) {
            throw new Bug("a task's handle", e);
        }
    }

    /** @throws Fault {@code InvalidParameterValue} where it is no handle */
    static Named named(String handle) {
        try {
            JsonNode named = JSON.readTree(Base64.getDecoder().decode(handle));
            if (named != null && named.has("taskId") && named.has("sourceArn")) {
                return new Named(
                        named.get("taskId").asText(), named.get("sourceArn").asText());
            }
        } catch (IOException | IllegalArgumentException e) {
            // Falls through to the refusal, which says all there is to say.
        }
        throw new Fault("InvalidParameterValue", 400, "Value " + handle + " for parameter TaskHandle is invalid.");
    }

    /** As ListMessageMoveTasks answers it: the handle of a running one only. */
    ListMessageMoveTasksResultEntry shown() {
        ListMessageMoveTasksResultEntry.Builder shown = ListMessageMoveTasksResultEntry.builder()
                .status(status.name())
                .sourceArn(order.sourceArn())
                .approximateNumberOfMessagesMoved(moved)
                .approximateNumberOfMessagesToMove(toMove)
                .startedTimestamp(startedAt.toEpochMilli());
        if (status == Status.RUNNING) {
            shown.taskHandle(handle());
        }
        if (!order.destinationArn().isEmpty()) {
            shown.destinationArn(order.destinationArn());
        }
        if (order.perSecond() > 0) {
            shown.maxNumberOfMessagesPerSecond(order.perSecond());
        }
        if (!failure.isEmpty()) {
            shown.failureReason(failure);
        }
        return shown.build();
    }
}
