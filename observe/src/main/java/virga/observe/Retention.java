package virga.observe;

import java.time.Duration;

/**
 * How long and how many records are kept. The oldest go first, while new ones are written.
 *
 * @param age on the environment's clock; counts of unrecorded calls are kept as long
 * @param records at most this many
 */
public record Retention(Duration age, long records) {
    public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 1_000_000);

    public Retention {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("retention age must be positive: " + age);
        }
        if (records < 1) {
            throw new IllegalArgumentException("retention must keep at least one record: " + records);
        }
    }
}
