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

    /** What the sender gave. {@code traceHeader} is the system attribute AWSTraceHeader, or empty. */
    record Content(String body, Map<String, Attribute> attributes, String traceHeader) {
        Content {
            attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
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
    Message moved(long newNumber, Instant now) {
        return new Message(id, newNumber, content, cause, senderId, sentAt, firstReceivedAt, now, receiveCount, "");
    }
}
