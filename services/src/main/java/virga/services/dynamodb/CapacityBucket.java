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
 * @param units left at {@code at}
 * @param at the last whole second that is counted
 */
record CapacityBucket(double units, Instant at) {
    static final Codec<CapacityBucket> CODEC = RecordCodec.of(CapacityBucket.class);
    private static final long SECONDS_KEPT = 300;

    /** Of capacity that nobody has used since it was provisioned: the first second's is there at once. */
    static CapacityBucket begins(Instant at, long unitsPerSecond) {
        return new CapacityBucket(unitsPerSecond, at);
    }

    /** With what the whole seconds until {@code now} have brought. A {@code now} before the last one brings nothing. */
    CapacityBucket filled(Instant now, long unitsPerSecond) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        double full = (double) SECONDS_KEPT * unitsPerSecond;
        return new CapacityBucket(Math.min(full, units + (double) seconds * unitsPerSecond), at.plusSeconds(seconds));
    }

    boolean has(double wanted) {
        return units >= wanted;
    }

    CapacityBucket without(double used) {
        return new CapacityBucket(units - used, at);
    }
}
