package virga.observe.metrics;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.observe.Count;
import virga.observe.Snapshot;
import virga.store.Reading.Direction;

/**
 * How often one operation of one service was called in a range of time.
 *
 * @param recorded calls with a record of their own
 * @param counted calls without: how long they took is not known
 * @param countedFailed those of them that failed
 */
public record OperationReading(String service, String operation, Traffic recorded, long counted, long countedFailed) {
    public long calls() {
        return recorded.calls() + counted;
    }

    public long failed() {
        return recorded.failed() + countedFailed;
    }

    /** Every operation called from {@code from} (inclusive) to {@code to} (exclusive), by service and name. */
    public static List<OperationReading> all(Snapshot records, Instant from, Instant to) {
        SortedMap<String, Sum> sums = new TreeMap<>();
        try (Stream<CallRecord> range = records.between(from, to, Direction.FORWARD)) {
            range.filter(record -> record.kind() == CallRecord.Kind.CALL)
                    .forEach(record -> Sum.of(sums, record.service(), record.operation())
                            .traffic
                            .add(record));
        }
        for (Count count : records.counts(from, to)) {
            Sum sum = Sum.of(sums, count.service(), count.operation());
            sum.counted += count.calls();
            sum.failed += count.outcome().equals("ok") ? 0 : count.calls();
        }
        return sums.values().stream().map(Sum::reading).toList();
    }

    private static final class Sum {
        private final String service;
        private final String operation;
        private final Traffic.Sum traffic = new Traffic.Sum();
        private long counted;
        private long failed;

        private Sum(String service, String operation) {
            this.service = service;
            this.operation = operation;
        }

        static Sum of(SortedMap<String, Sum> sums, String service, String operation) {
            return sums.computeIfAbsent(service + ":" + operation, unused -> new Sum(service, operation));
        }

        OperationReading reading() {
            return new OperationReading(service, operation, traffic.traffic(), counted, failed);
        }
    }
}
