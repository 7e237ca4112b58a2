package virga.cloud;

import java.time.Duration;
import java.util.Optional;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;

/**
 * What goes wrong on purpose, by seed. The spine and the services ask it where AWS would be allowed to misbehave. What a weather does not
 * say is fine.
 */
public interface Weather {
    /** A fine day: nothing goes wrong. */
    Weather CLEAR = new Weather() {};

    /** A fault to answer instead of running the operation: a throttle, an internal error. */
    default Optional<Fault> strike(Call call, Operation<?, ?> operation) {
        return Optional.empty();
    }

    /** A fault to answer although the operation took effect: the answer that was lost on its way. */
    default Optional<Fault> loseAnswer(Call call, Operation<?, ?> operation) {
        return Optional.empty();
    }

    /** How long the call is held up before it runs. */
    default Duration delay(Call call, Operation<?, ?> operation) {
        return Duration.ZERO;
    }

    /** Whether a message or event is delivered once more although it was acknowledged. {@code source} is its queue or bus. */
    default boolean duplicates(String source) {
        return false;
    }

    /**
     * How long eventually consistent reads go on to show what was before a change of {@code resource}, a table's ARN. On AWS that is
     * "typically a second or less". Source: "DynamoDB read consistency", Amazon DynamoDB Developer Guide.
     */
    default Duration lag(String resource) {
        return Duration.ZERO;
    }
}
