package virga.services.sqs;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Bytes;
import virga.kernel.Cause;

/**
 * A message in a queue.
 *
 * @param number its place in the queue's order of sending
 * @param visibleAt when it can be received (again)
 * @param receipt the nonce of its latest receipt handle; empty until it was received
 */
record Message(
        String id,
        long number,
        Content content,
        Cause cause,
        String senderId,
        Instant sentAt,
        Instant firstReceivedAt,
        Instant visibleAt,
        int receiveCount,
        String receipt) {

    /**
     * What goes with a message from queue to queue.
     *
     * @param traceHeader the system attribute AWSTraceHeader, or empty
     * @param groupId the sender's MessageGroupId, or empty
     * @param deadLetterSource the ARN of the queue that it was received from too often, or empty
     */
    record Content(
            String body,
            Map<String, Attribute> attributes,
            String traceHeader,
            String groupId,
            String deadLetterSource) {
        Content {
            attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
        }

        Content from(String queueArn) {
            return new Content(body, attributes, traceHeader, groupId, queueArn);
        }
    }

    /** A message attribute: {@code text} of String and Number types, {@code binary} of Binary ones. */
    record Attribute(String type, String text, Bytes binary) {}

    boolean wasReceived() {
        return receiveCount > 0;
    }

    Message received(Instant now, Instant visibleAgain, String newReceipt) {
        return new Message(
                id,
                number,
                content,
                cause,
                senderId,
                sentAt,
                wasReceived() ? firstReceivedAt : now,
                visibleAgain,
                receiveCount + 1,
                newReceipt);
    }

    Message visibleAt(Instant time) {
        return new Message(id, number, content, cause, senderId, sentAt, firstReceivedAt, time, receiveCount, receipt);
    }

    /** As it arrives in its dead-letter queue: the same message, its age and count kept, as AWS does for standard queues. */
    Message moved(String fromArn, long newNumber, Instant now) {
        return new Message(
                id, newNumber, content.from(fromArn), cause, senderId, sentAt, firstReceivedAt, now, receiveCount, "");
    }

    /** As it leaves its dead-letter queue: a new message of the same content. Source: "Configure a dead-letter queue redrive". */
    Message redriven(String newId, long newNumber, Instant now) {
        return new Message(newId, newNumber, content.from(""), cause, senderId, now, Instant.EPOCH, now, 0, "");
    }
}
