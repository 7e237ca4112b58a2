package virga.junit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Clock;

/** Waits until nothing moves in an environment that does not wait for time to pass. */
final class Rest {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final LiveEnvironment environment;
    private final Clock wall;

    /** @param wall the environment's own clock may stand still */
    Rest(LiveEnvironment environment, Clock wall) {
        this.environment = environment;
        this.wall = wall;
    }

    /** What still moves after {@code patience}, in words; empty where all is at rest. */
    List<String> await(Duration patience) throws InterruptedException {
        Instant latest = wall.now().plus(patience);
        while (true) {
            List<String> moving = environment.moving();
            if (moving.isEmpty() || wall.now().isAfter(latest)) {
                return moving;
            }
            wall.sleep(PAUSE);
        }
    }
}
