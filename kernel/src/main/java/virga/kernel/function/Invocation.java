package virga.kernel.function;

import java.time.Instant;
import java.util.List;
import virga.kernel.Bytes;
import virga.kernel.Cause;

/**
 * One event for one function.
 *
 * @param requestId what the function sees as its request id; the id of the invocation's record
 * @param payload the event, JSON
 * @param causes what brought the event about, the principal one first; a batch has one for each message
 * @param functionArn as it was invoked: with alias or version where there was one
 * @param clientContext base64 as the caller gave it, or empty
 * @param sequence the store's commit sequence when the event was taken: a fork at this point can replay it
 * @param origin the ARN of what delivered it (queue, stream, rule, API), or empty for a direct call
 * @param queuedAt when an asynchronous event was accepted; equal to the start for a synchronous one
 */
public record Invocation(
        String requestId,
        Bytes payload,
        List<Cause> causes,
        String functionArn,
        String clientContext,
        long sequence,
        String origin,
        Instant queuedAt) {
    public Invocation {
        causes = List.copyOf(causes);
    }
}
