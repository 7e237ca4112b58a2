package virga.store;

import java.util.function.Consumer;
import java.util.function.Function;

/** The state of one environment. Safe for use by many threads. */
public interface Store extends AutoCloseable {
    /**
     * Runs {@code body} in a serialisable transaction and commits it. {@code body} may run more than once, so it must have no effect
     * outside the transaction. An exception that it throws rolls the transaction back and reaches the caller.
     */
    <T> T transact(Function<? super Transaction, T> body);

    /** Runs {@code body} on a consistent snapshot. */
    <T> T read(Function<? super Reading, T> body);

    /** The sequence number of the last commit; it grows by one with each commit that changes something. */
    long sequence();

    /**
     * A private copy of the state as it was just after commit {@code sequence}: writes to it stay in memory and never reach this
     * store. Costs nothing until written to. Close it to let the history go.
     *
     * @throws HistoryGone where {@code sequence} is older than the kept history
     */
    Store forkAt(long sequence);

    /** As {@link #forkAt}, of the state as it is now: whoever else commits meanwhile, it is there. */
    Store fork();

    /**
     * Tells {@code watcher} after each commit that changed a key in {@code range}. It runs on the committing thread after the commit:
     * it must be short and must not use the store.
     */
    Watch watch(KeyRange range, Consumer<Key> watcher);

    @Override
    void close();

    /** A watch that can be ended. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
