package virga.store.overlay;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import virga.store.backend.FrozenState;
import virga.store.backend.View;

/** One hold among several on a frozen state, which is closed when the last of them is. */
final class SharedState implements FrozenState {
    private final FrozenState state;
    private final AtomicInteger holds;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The first hold. */
    SharedState(FrozenState state) {
        this(state, new AtomicInteger());
    }

    private SharedState(FrozenState state, AtomicInteger holds) {
        this.state = state;
        this.holds = holds;
        holds.incrementAndGet();
    }

    /** Another hold. Taken only while this one lasts. */
    SharedState share() {
        return new SharedState(state, holds);
    }

    @Override
    public <T> T read(Function<View, T> body) {
        return state.read(body);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && holds.decrementAndGet() == 0) {
            state.close();
        }
    }
}
