package virga.reviewer.replay;

import java.time.Duration;

/**
 * How long it is waited until what follows from a delivery is done.
 *
 * @param pause between two looks, real time
 * @param patience for what moves, real time
 * @param horizon how far the time of a fork is moved ahead at most, for what waits there for time to pass: retries, delays
 * @param ownClocks how long it is really waited at most before an event that failed again is delivered once more: functions read the
 *     time from the machine, which no fork moves, and what a crash left locked may expire by it
 */
public record Settling(Duration pause, Duration patience, Duration horizon, Duration ownClocks) {
    public static final Settling DEFAULT =
            new Settling(Duration.ofMillis(2), Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofSeconds(15));
}
