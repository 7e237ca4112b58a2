package virga.reviewer.replay;

import java.time.Duration;

/**
 * When a lineage counts as settled.
 *
 * @param quiet nothing new for so long
 * @param pause between two looks
 * @param patience waited at most, for one delivery
 */
public record Settling(Duration quiet, Duration pause, Duration patience) {
    public static final Settling DEFAULT =
            new Settling(Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofSeconds(15));
}
