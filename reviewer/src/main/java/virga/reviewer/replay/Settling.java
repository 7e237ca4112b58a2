package virga.reviewer.replay;

import java.time.Duration;

/**
 * How long it is waited until what follows from a delivery is done.
 *
 * @param pause between two looks, real time
 * @param patience for what moves, real time
 * @param horizon how far the time of a fork is moved ahead at most, for what waits there for time to pass: retries, delays
 */
public record Settling(Duration pause, Duration patience, Duration horizon) {
    public static final Settling DEFAULT =
            new Settling(Duration.ofMillis(2), Duration.ofSeconds(30), Duration.ofMinutes(15));
}
