package virga.kernel;

import java.time.Instant;

/**
 * Wake-ups between threads of one environment: a long poll waits for a queue's signal, the pump for work. A signal carries no
 * data; who wakes looks at the state. Waiting is on the environment's clock.
 */
public interface Signals {
    /** Wakes everyone who waits for {@code name} now, and everyone whose {@link #listen} began before. */
    void raise(String name);

    /** Begins to listen: take this before looking at the state, so that no wake-up falls between looking and waiting. */
    Listener listen(String name);

    /** One listener for one signal. */
    interface Listener extends AutoCloseable {
        /** Waits until the signal was raised since {@code listen} or the last return, or {@code deadline} passes; true if raised. */
        boolean await(Instant deadline) throws InterruptedException;

        @Override
        void close();
    }
}
