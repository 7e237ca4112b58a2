package virga.bench;

import java.util.List;

/**
 * What one round gave of one thing.
 *
 * @param samples nanoseconds or bytes, at least one
 * @param perSecond calls, by several clients at once; 0 where no rate was measured
 * @param processorNanos time on processors that the server took for one call; 0 where that was not measured
 */
public record Round(List<Long> samples, double perSecond, double processorNanos) {
    public Round {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a round without samples tells nothing");
        }
    }

    public static Round of(List<Long> samples) {
        return new Round(samples, 0, 0);
    }
}
