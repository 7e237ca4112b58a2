package virga.services.dynamodb;

import java.time.Duration;
import java.time.Instant;
import virga.store.Codec;
import virga.store.RecordCodec;

/**
 * Units of provisioned capacity that were not used yet. A second brings as many as are provisioned; what is not used is kept for five
 * minutes.
 *
 * <p>Source: "Burst and adaptive capacity", Developer Guide.
 *
 * @param units left at {@code at}; less than none where one call took more than can be kept
 * @param at the last whole second that is counted
 */
record CapacityBucket(double units, Instant at) {
    static final Codec<CapacityBucket> CODEC = RecordCodec.of(CapacityBucket.class);
    private static final long SECONDS_KEPT = 300;

    /**
     * Of capacity that nobody has used since it was provisioned: all that is kept is there at once, as nothing of the last five minutes
     * was used. The guide does not tell of new tables; the first exercise of AWS's own DynamoDB labs writes 2,000 items into a new table
     * of 5 units in 75 seconds, which less would not allow.
     */
    static CapacityBucket begins(Instant at, long unitsPerSecond) {
        return new CapacityBucket(full(unitsPerSecond), at);
    }

    /** With what the whole seconds until {@code now} have brought. A {@code now} before the last one brings nothing. */
    CapacityBucket filled(Instant now, long unitsPerSecond) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        double filled = units + (double) seconds * unitsPerSecond;
        return new CapacityBucket(Math.min(full(unitsPerSecond), filled), at.plusSeconds(seconds));
    }

    /** Whether {@code wanted} can be taken. What is more than can be kept is taken from all that is kept, and owed. */
    boolean has(double wanted, long unitsPerSecond) {
        return units >= Math.min(wanted, full(unitsPerSecond));
    }

    private static double full(long unitsPerSecond) {
        return (double) SECONDS_KEPT * unitsPerSecond;
    }

    CapacityBucket without(double used) {
        return new CapacityBucket(units - used, at);
    }
}
