package virga.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds that count; one before them warms up and does not
 * @param calls of one operation in a round by one client; {@code clients} make three times as many together
 * @param clients that call at once where a rate is measured
 * @param starts of a server or a function
 * @param settleMillis before a server counts as at rest
 * @param rows that a store is given at once
 * @param limit after which a run is broken off
 */
public record Scale(int rounds, int calls, int clients, int starts, int settleMillis, int rows, Duration limit) {
    public static final Scale FULL = new Scale(5, 600, 16, 7, 2_000, 100_000, Duration.ofMinutes(20));

    /** Enough to see that everything runs; not enough to tell a small difference. */
    public static final Scale QUICK = new Scale(2, 200, 16, 3, 1_000, 20_000, Duration.ofMinutes(10));
}
