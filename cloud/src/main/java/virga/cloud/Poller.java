package virga.cloud;

import java.util.List;
import virga.kernel.Scope;

/** A loop of the cloud. One runs for each started poller, on a thread of its own, on one node at a time. */
public interface Poller<P> {
    /**
     * Runs until {@code stop} is requested or the thread is interrupted. An exception that escapes is reported as a bug; the poller is
     * started again after a pause.
     */
    void run(String id, Scope scope, P payload, Stop stop, Environment environment) throws InterruptedException;

    /**
     * What its source has for it that it could fetch now; empty where there is nothing, or where it fetches nothing. What it has in
     * hand is held ({@link Environment#hold}) and no part of this.
     */
    List<Pending> pending(String id, Scope scope, P payload, Environment environment);

    /** Something to fetch. @param source the ARN of where it is. @param what it is, in words */
    record Pending(String source, String what) {}

    /** Whether the poller should come to its end. */
    @FunctionalInterface
    interface Stop {
        boolean requested();
    }
}
