package virga.observe.metrics;

import java.util.Arrays;
import java.util.Collection;

/**
 * How long things took, nanoseconds; all zero where there were none. Percentiles are the smallest value that so many per cent do not
 * exceed (nearest rank).
 */
public record Latency(long count, long totalNanos, long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {
    public static final Latency NONE = new Latency(0, 0, 0, 0, 0, 0);

    public static Latency of(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            return NONE;
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latency(
                sorted.length,
                Arrays.stream(sorted).sum(),
                rank(sorted, 50),
                rank(sorted, 95),
                rank(sorted, 99),
                sorted[sorted.length - 1]);
    }

    public long meanNanos() {
        return count == 0 ? 0 : totalNanos / count;
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[(int) Math.ceilDiv((long) sorted.length * percent, 100) - 1];
    }
}
