package virga.store.backend;

import java.util.function.Function;

/** A state that never changes again, held until it is closed: what a fork stands on. */
public interface FrozenState extends AutoCloseable {
    /** Runs {@code body} on the state. @throws virga.store.StoreFailure where it, or the store that it is from, was closed */
    <T> T read(Function<View, T> body);

    @Override
    void close();
}
