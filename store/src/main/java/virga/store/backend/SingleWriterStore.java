package virga.store.backend;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import virga.kernel.Bug;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Store;
import virga.store.Transaction;

/**
 * A store with one writer at a time: transactions run one after the other, which makes them serialisable without conflicts or
 * retries; readers never wait. A transaction is short and holds no wait, so one lock is no bottleneck.
 */
public abstract class SingleWriterStore implements Store {
    private final ReentrantLock writing = new ReentrantLock();
    private final Watchers watchers = new Watchers();

    private record Outcome<T>(T result, List<Effect> effects) {}

    @Override
    public final <T> T transact(Function<? super Transaction, T> body) {
        Outcome<T> outcome = alone(() -> onLatest(view -> attempt(view, body)));
        if (!outcome.effects().isEmpty()) {
            settle();
            watchers.tell(outcome.effects());
        }
        return outcome.result();
    }

    @Override
    public final Watch watch(KeyRange range, Consumer<Key> watcher) {
        return watchers.add(range, watcher);
    }

    /** Runs {@code body} on the newest committed state. Called by the one writer. */
    protected abstract <T> T onLatest(Function<View, T> body);

    /** Makes {@code effects}, of which there is at least one, the next commit. Called by the one writer. */
    protected abstract void commit(List<Effect> effects);

    /** Waits until this thread's last commit is as durable as was promised. Called after the next writer may begin. */
    protected void settle() {}

    /** Runs {@code action} while no transaction runs. */
    protected final <T> T alone(Supplier<T> action) {
        if (writing.isHeldByCurrentThread()) {
            throw new Bug("a transaction inside a transaction of the same store");
        }
        writing.lock();
        try {
            return action.get();
        } finally {
            writing.unlock();
        }
    }

    private <T> Outcome<T> attempt(View view, Function<? super Transaction, T> body) {
        Draft draft = new Draft(view);
        T result;
        try {
            result = body.apply(draft);
        } finally {
            draft.end();
        }
        List<Effect> effects = draft.effects();
        if (!effects.isEmpty()) {
            commit(effects);
        }
        return new Outcome<>(result, effects);
    }
}
