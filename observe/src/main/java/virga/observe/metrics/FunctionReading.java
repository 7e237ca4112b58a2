package virga.observe.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.observe.cost.Cost;
import virga.observe.cost.PriceList;
import virga.store.Reading.Direction;

/**
 * What one function did in a range of time, by the start of its invocations.
 *
 * @param function the unqualified ARN
 * @param errors invocations whose handler failed, timed out or ran out of memory
 * @param throttles invocations that were refused for want of concurrency; they are not among {@code invocations}
 * @param duration of invocations
 * @param init of cold starts
 * @param unpackNanos mean part of a cold start; likewise the next two
 * @param concurrentExecutions the most at any one time
 * @param cost of the invocations, without their logs
 */
public record FunctionReading(
        String function,
        long invocations,
        long errors,
        long throttles,
        Latency duration,
        Latency init,
        long unpackNanos,
        long processNanos,
        long handlerNanos,
        int concurrentExecutions,
        Cost cost) {
    /** The share of invocations that met a cold start, 0 to 1. */
    public double coldShare() {
        return invocations == 0 ? 0 : (double) init.count() / invocations;
    }

    /** Every function that ran or was throttled from {@code from} (inclusive) to {@code to} (exclusive), by ARN. */
    public static SortedMap<String, FunctionReading> all(Snapshot records, Instant from, Instant to, PriceList prices) {
        SortedMap<String, Sum> sums = new TreeMap<>();
        try (Stream<CallRecord> range = records.between(from, to, Direction.FORWARD)) {
            range.filter(FunctionReading::concerns)
                    .forEach(record -> sums.computeIfAbsent(Resource.of(record).id(), unused -> new Sum())
                            .add(record, prices));
        }
        SortedMap<String, FunctionReading> readings = new TreeMap<>();
        sums.forEach((function, sum) -> readings.put(function, sum.reading(function)));
        return readings;
    }

    /** Invocations, and calls of Invoke that never became one. */
    private static boolean concerns(CallRecord record) {
        boolean refusedCall = record.kind() == CallRecord.Kind.CALL
                && record.service().equals("lambda")
                && record.operation().startsWith("Invoke")
                && Traffic.isThrottle(record);
        return (record.kind() == CallRecord.Kind.INVOCATION || refusedCall)
                && !record.resources().isEmpty();
    }

    private static final class Sum {
        private final List<Long> durations = new ArrayList<>();
        private final List<Long> inits = new ArrayList<>();
        private final List<Cost> costs = new ArrayList<>();
        // Invocations come in order of start, so those that have ended can leave as time goes on.
        private final PriorityQueue<Instant> ends = new PriorityQueue<>();
        private int mostAtOnce;
        private long errors;
        private long throttles;
        private long unpack;
        private long process;
        private long handler;

        void add(CallRecord record, PriceList prices) {
            if (Traffic.isThrottle(record)) {
                throttles++;
                return;
            }
            durations.add(record.durationNanos());
            costs.add(Cost.of(record, prices));
            errors += record.failed() ? 1 : 0;
            while (!ends.isEmpty() && !ends.peek().isAfter(record.startedAt())) {
                ends.poll();
            }
            ends.add(record.startedAt().plusNanos(record.durationNanos()));
            mostAtOnce = Math.max(mostAtOnce, ends.size());
            long init = number(record, Details.INIT_NANOS);
            if (init > 0) {
                inits.add(init);
                unpack += number(record, Details.UNPACK_NANOS);
                process += number(record, Details.PROCESS_NANOS);
                handler += number(record, Details.HANDLER_NANOS);
            }
        }

        FunctionReading reading(String function) {
            long cold = Math.max(1, inits.size());
            return new FunctionReading(
                    function,
                    durations.size(),
                    errors,
                    throttles,
                    Latency.of(durations),
                    Latency.of(inits),
                    unpack / cold,
                    process / cold,
                    handler / cold,
                    mostAtOnce,
                    Cost.sum(costs));
        }

        private static long number(CallRecord record, String detail) {
            return Long.parseLong(record.details().getOrDefault(detail, "0"));
        }
    }
}
