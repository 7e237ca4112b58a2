package virga.services.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import virga.model.sqs.ReceiptHandleIsInvalid;

/** Names one receiving of one message: the queue, the message's number, and the nonce of that receiving. */
record ReceiptHandle(String queueId, long number, String nonce) {
    String encoded() {
        String text = queueId + " " + number + " " + nonce;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ReceiptHandleIsInvalid where {@code text} is not a handle of this queue */
    static ReceiptHandle parse(String text, Queue queue) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            if (parts.length == 3 && parts[0].equals(queue.id())) {
                return new ReceiptHandle(parts[0], Long.parseLong(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException notBase64OrNumber) {
            // Falls through to the one answer for every malformed handle.
        }
        throw new ReceiptHandleIsInvalid("The input receipt handle \"" + text + "\" is not a valid receipt handle.");
    }
}
