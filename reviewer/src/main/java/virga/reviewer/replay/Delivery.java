package virga.reviewer.replay;

import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Scope;

/**
 * An event as it was recorded, and the state it met.
 *
 * @param origin the ARN of what delivered it, or empty
 * @param sequence the commit just before
 * @param isAwaited whether someone waits for the answer
 */
record Delivery(Scope scope, String functionArn, Bytes payload, String origin, long sequence, boolean isAwaited) {
    static Delivery of(CallRecord invocation) {
        return new Delivery(
                invocation.scope(),
                invocation.resources().getFirst(),
                invocation.input(),
                invocation.details().getOrDefault("origin", ""),
                invocation.sequence(),
                isAwaited(invocation));
    }

    /** The name, without alias or version. */
    String functionName() {
        return virga.kernel.Arn.parse(functionArn).resource().split(":")[1];
    }

    /** Queues, streams and asynchronous events hand the answer to nobody. */
    static boolean isAwaited(CallRecord invocation) {
        return invocation.details().getOrDefault("origin", "").isEmpty()
                && !invocation.cause().via().equals("lambda/event");
    }
}
