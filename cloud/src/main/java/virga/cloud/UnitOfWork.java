package virga.cloud;

import java.time.Instant;
import virga.kernel.Cause;
import virga.kernel.Chance;
import virga.kernel.Ids;
import virga.store.Transaction;

/** A transaction of the environment's store, and with it what must follow: tasks, timers, wake-ups, facts for the call's record. */
public interface UnitOfWork extends Transaction {
    /** The environment's time when the call arrived (or the task began). */
    Instant now();

    Ids ids();

    Chance chance();

    /** Puts a task into the outbox: it runs after the commit, at least once, with this call as its cause. */
    <P> void send(TaskKind<P> kind, P payload);

    /** As {@link #send}, for an event that another call caused: a message delivered on, a stream record. */
    <P> void send(TaskKind<P> kind, P payload, Cause cause);

    /**
     * Sets the timer {@code id} of this kind: it runs once the environment's clock passes {@code due}, at least once. Setting it again
     * replaces it. Ids are per scope (account and region) of the call.
     */
    <P> void schedule(TaskKind<P> kind, String id, Instant due, P payload);

    void cancel(TaskKind<?> kind, String id);

    /** Keeps a poller running from the commit on, over restarts, until {@link #stopPoller}; starting it again restarts it. */
    <P> void startPoller(PollerKind<P> kind, String id, P payload);

    void stopPoller(PollerKind<?> kind, String id);

    /** Raises a signal of the environment after the commit. */
    void raise(String signal);

    /** Adds a fact to the call's record: {@code consumedCapacity}, {@code bytes}. */
    void detail(String name, String value);

    /**
     * Hands the hidden cause of one item of the answer (a message by its id, a stream record by its event id) to a caller inside the
     * cloud; clients never see it.
     */
    void carry(String itemId, Cause cause);
}
