package virga.cloud;

import java.time.Instant;

/**
 * Does a task, after the commit that made it, at least once. It blocks as long as it needs; every task has a thread of its own. A
 * {@link virga.kernel.Fault} that escapes it counts as a failed attempt and is tried again with growing pauses.
 */
@FunctionalInterface
public interface TaskHandler<P> {
    Result run(Task<P> task, Environment environment) throws InterruptedException;

    /** What becomes of the task. */
    sealed interface Result {
        Result DONE = new Done();

        static Result again(Instant due) {
            return new Again(due, true);
        }

        /** As {@link #again}, where nothing was tried: what ran now is not counted as an attempt. */
        static Result later(Instant due) {
            return new Again(due, false);
        }

        record Done() implements Result {}

        /** The same task once more. @param counted whether its attempt counts up */
        record Again(Instant due, boolean counted) implements Result {}
    }
}
