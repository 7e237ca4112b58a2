package virga.store;

import java.time.Duration;
import virga.kernel.Bug;

/**
 * How far back {@link Store#forkAt} reaches: the last {@code commits} commits, as long as what must be kept for them stays within
 * {@code bytes} and is younger than {@code age}. Whichever bound is met first holds; a bound may be exceeded a little for a while.
 *
 * @param bytes of old values; backends that share unchanged state do not count them
 */
public record KeptHistory(int commits, long bytes, Duration age) {
    /** The last 10,000 commits within 64 MiB and one day. */
    public static final KeptHistory DEFAULT = new KeptHistory(10_000, 64L << 20, Duration.ofDays(1));

    public KeptHistory {
        if (commits < 0 || bytes < 0 || age.isNegative()) {
            throw new Bug("history cannot be negative: " + commits + " commits, " + bytes + " bytes, " + age);
        }
    }

    public KeptHistory withCommits(int other) {
        return new KeptHistory(other, bytes, age);
    }

    public KeptHistory withBytes(long other) {
        return new KeptHistory(commits, other, age);
    }

    public KeptHistory withAge(Duration other) {
        return new KeptHistory(commits, bytes, other);
    }
}
