package virga.cloud;

import virga.kernel.Scope;

/** A loop of the cloud. One runs for each started poller, on a thread of its own, on one node at a time. */
@FunctionalInterface
public interface Poller<P> {
    /**
     * Runs until {@code stop} is requested or the thread is interrupted. An exception that escapes is reported as a bug; the poller is
     * started again after a pause.
     */
    void run(String id, Scope scope, P payload, Stop stop, Environment environment) throws InterruptedException;

    /** Whether the poller should come to its end. */
    @FunctionalInterface
    interface Stop {
        boolean requested();
    }
}
