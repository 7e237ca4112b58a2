package virga.junit;

import java.time.Duration;
import java.time.Instant;
import virga.cloud.spine.Cloud;

/**
 * An environment's time. Visibility timeouts, retries, schedules and expiry follow it; a function's own process, and Java's, do not.
 * What comes due when the time is moved begins at once, but not within the call: {@link VirgaEnvironment#settle} waits for it.
 */
public final class EnvironmentClock {
    private final Cloud cloud;
    private final String environment;

    EnvironmentClock(Cloud cloud, String environment) {
        this.cloud = cloud;
        this.environment = environment;
    }

    public Instant now() {
        return cloud.environment(environment).ports().clock().now();
    }

    /** Moves the time ahead. @throws IllegalArgumentException for a negative duration */
    public void advance(Duration duration) {
        cloud.changeClock(environment, clock -> clock.advance(duration));
    }

    /** Stops the time. Streams are read on it, so functions behind them wait until it is advanced or resumed. */
    public void freeze() {
        cloud.changeClock(environment, clock -> clock.freeze());
    }

    /** Lets the time run on from where it stands. */
    public void resume() {
        cloud.changeClock(environment, clock -> clock.resume());
    }

    public boolean frozen() {
        return cloud.environment(environment).ports().clock().frozen();
    }
}
