package virga.kernel;

/** Seeded chance. The same seed and the same questions give the same answers. Safe for use by several threads. */
public interface Chance {
    long seed();

    long nextLong();

    /** From 0 (inclusive) to {@code bound} (exclusive). */
    int nextInt(int bound);

    /** From 0.0 (inclusive) to 1.0 (exclusive). */
    double nextDouble();

    /** A stream of its own for one purpose, so that one reader's questions do not change another's answers. */
    Chance named(String purpose);
}
