package virga.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of one environment. It can run with the wall clock, be moved ahead, or stand still; in a simulation it is virtual.
 * Everything in an environment that asks for the time or waits for it does so here.
 */
public interface Clock {
    Instant now();

    /** A steady count of nanoseconds for measuring durations; its origin means nothing. */
    long nanos();

    /** Waits until {@code due} on this clock. Returns at once if it is past. Wakes when the clock is moved beyond it. */
    void sleepUntil(Instant due) throws InterruptedException;

    default void sleep(Duration duration) throws InterruptedException {
        sleepUntil(now().plus(duration));
    }

    /** Runs {@code action} once, when this clock passes {@code due}, on a thread of the clock's: it must be short. */
    Alarm at(Instant due, Runnable action);

    /** A wake-up that was asked for. */
    interface Alarm {
        /** Asks that the action not run. It may be running already. */
        void cancel();
    }
}
