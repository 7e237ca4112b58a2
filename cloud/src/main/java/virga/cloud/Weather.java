package virga.cloud;

import java.time.Duration;
import java.util.Optional;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;

/** What goes wrong on purpose, by seed. The spine and the services ask it where AWS would be allowed to misbehave. */
public interface Weather {
    /** A fault to answer instead of running the operation: a throttle, an internal error. */
    Optional<Fault> strike(Call call, Operation<?, ?> operation);

    /** A fault to answer although the operation took effect: the answer that was lost on its way. */
    Optional<Fault> loseAnswer(Call call, Operation<?, ?> operation);

    /** How long the call is held up before it runs. */
    Duration delay(Call call, Operation<?, ?> operation);

    /** Whether a message or event is delivered once more although it was acknowledged. {@code source} is its queue or bus. */
    boolean duplicates(String source);

    /** Whether an eventually consistent read shows an older state. */
    boolean stale(String resource);

    /** A fine day: nothing goes wrong. */
    Weather CLEAR = new Weather() {
        @Override
        public Optional<Fault> strike(Call call, Operation<?, ?> operation) {
            return Optional.empty();
        }

        @Override
        public Optional<Fault> loseAnswer(Call call, Operation<?, ?> operation) {
            return Optional.empty();
        }

        @Override
        public Duration delay(Call call, Operation<?, ?> operation) {
            return Duration.ZERO;
        }

        @Override
        public boolean duplicates(String source) {
            return false;
        }

        @Override
        public boolean stale(String resource) {
            return false;
        }
    };
}
