package virga.bench;

/**
 * How much is measured.
 *
 * @param rounds that count; one before them warms up and does not
 * @param calls of one operation in a round by one client; {@code clients} make three times as many together
 * @param clients that call at once where a rate is measured
 * @param starts of a server or a function
 * @param settleMillis before a server counts as at rest
 */
public record Scale(int rounds, int calls, int clients, int starts, int settleMillis) {
    public static final Scale FULL = new Scale(5, 1_000, 8, 10, 3_000);

    /** Enough to see that everything runs; not enough to tell a small difference. */
    public static final Scale QUICK = new Scale(2, 200, 8, 3, 1_000);
}
