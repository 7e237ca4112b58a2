package virga.kernel.system;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import virga.kernel.Chance;

/** SplitMix64 over a seed: small, fast, and each {@link #named} stream starts from its own mix of seed and name. */
public final class SeededChance implements Chance {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final AtomicLong state;

    public SeededChance(long seed) {
        this.seed = seed;
        this.state = new AtomicLong(seed);
    }

    /** A seed nobody chose. */
    public static SeededChance fromEntropy() {
        return new SeededChance(new SecureRandom().nextLong());
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public long nextLong() {
        return mix(state.addAndGet(GOLDEN_GAMMA));
    }

    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive: " + bound);
        }
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    @Override
    public Chance named(String purpose) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA + purpose.charAt(i));
        }
        return new SeededChance(hash);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
