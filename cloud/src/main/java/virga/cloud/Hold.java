package virga.cloud;

import java.time.Instant;
import java.util.List;
import virga.kernel.Cause;

/**
 * Something that is under way in the background and shows nowhere else: a batch that a poller has in hand. An environment is not at
 * rest while one is open, unless it waits for time to pass.
 */
public interface Hold extends AutoCloseable {
    /**
     * Nothing happens until {@code due} on the environment's clock: so long it counts as waiting for time.
     *
     * @param causes of what waits
     */
    void waitsUntil(Instant due, List<Cause> causes);

    /** What was waited for has come: it is under way again. */
    void goesOn();

    /** It is over. Closing twice is one. */
    @Override
    void close();

    /** Nothing is held. */
    Hold NONE = new Hold() {
        @Override
        public void waitsUntil(Instant due, List<Cause> causes) {
            // Nothing waits.
        }

        @Override
        public void goesOn() {
            // Nothing goes on.
        }

        @Override
        public void close() {
            // Nothing is over.
        }
    };
}
