package virga.model;

import java.util.Optional;

/**
 * The events of an operation that answers with a stream of them: the value of an event stream member. Whoever writes the answer pulls
 * them one after the other, and closes the stream when the last one is written or the client has gone.
 *
 * @param <E> the generated union of the events
 */
public interface EventStream<E extends Structure> extends AutoCloseable {
    /** Waits for the next event; empty at the end of the stream. */
    Optional<E> next();

    @Override
    void close();
}
