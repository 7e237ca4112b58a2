package virga.observe.metrics;

import java.util.ArrayList;
import java.util.List;
import virga.kernel.CallRecord;

/**
 * How calls fared, divided as X-Ray divides them.
 *
 * @param errors the caller's doing (4xx), throttles among them
 * @param faults the callee's doing: 5xx, and functions that failed
 * @param throttles refused for coming too fast (429)
 */
public record Traffic(long calls, long errors, long faults, long throttles, Latency latency) {
    public long failed() {
        return errors + faults;
    }

    public long succeeded() {
        return calls - errors - faults;
    }

    public static boolean isThrottle(CallRecord record) {
        return record.failed() && (record.status() == 429 || record.outcome().contains("Throttl"));
    }

    /** Whether a failure is the callee's doing. */
    public static boolean isFault(CallRecord record) {
        boolean functionFailed = record.kind() == CallRecord.Kind.INVOCATION && !isThrottle(record);
        return record.failed() && (record.status() >= 500 || functionFailed);
    }

    /** Whether a failure is the caller's doing. */
    public static boolean isError(CallRecord record) {
        return record.failed() && !isFault(record);
    }

    /** Adds up records, one by one. */
    public static final class Sum {
        private final List<Long> nanos = new ArrayList<>();
        private long errors;
        private long faults;
        private long throttles;

        public void add(CallRecord record) {
            nanos.add(record.durationNanos());
            errors += isError(record) ? 1 : 0;
            faults += isFault(record) ? 1 : 0;
            throttles += isThrottle(record) ? 1 : 0;
        }

        public Traffic traffic() {
            return new Traffic(nanos.size(), errors, faults, throttles, Latency.of(nanos));
        }
    }
}
