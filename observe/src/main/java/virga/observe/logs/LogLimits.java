package virga.observe.logs;

import java.time.Duration;
import java.util.List;

/**
 * AWS's limits on {@code PutLogEvents}. Source: "PutLogEvents", CloudWatch Logs API Reference, and "CloudWatch Logs quotas".
 *
 * @param eventBytes one event, overhead included
 * @param batchBytes a batch, overheads included
 * @param span between the first and the last valid event of a batch
 * @param oldest before now; older events are rejected, the rest is kept
 * @param newest after now
 */
public record LogLimits(
        int eventBytes, int batchBytes, int batchEvents, Duration span, Duration oldest, Duration newest) {
    public static final LogLimits AWS =
            new LogLimits(1_048_576, 1_048_576, 10_000, Duration.ofHours(24), Duration.ofDays(14), Duration.ofHours(2));

    /** The retentions, in days, that {@code PutRetentionPolicy} takes. */
    public static final List<Integer> RETENTION_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);
}
