package virga.observe.cost;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.observe.Count;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.store.Reading.Direction;

/**
 * What a range of time cost, and whom it was for.
 *
 * @param outsideRequests how many lineages began
 * @param byService by AWS's service name; functions' invocations under {@code lambda}
 * @param byFunction invocations only, by unqualified ARN
 * @param byLogGroup what it cost to take logs in: observing, apart from working
 */
public record Spending(
        long outsideRequests,
        SortedMap<String, Cost> byService,
        SortedMap<String, Cost> byFunction,
        SortedMap<String, Cost> byLogGroup) {
    public Spending {
        byService = Collections.unmodifiableSortedMap(byService);
        byFunction = Collections.unmodifiableSortedMap(byFunction);
        byLogGroup = Collections.unmodifiableSortedMap(byLogGroup);
    }

    /** What started from {@code from} (inclusive) to {@code to} (exclusive), calls that were only counted included. */
    public static Spending of(Snapshot records, Instant from, Instant to, PriceList prices) {
        SortedMap<String, Cost> services = new TreeMap<>();
        SortedMap<String, Cost> functions = new TreeMap<>();
        SortedMap<String, Cost> groups = new TreeMap<>();
        long[] outside = {0};
        try (Stream<CallRecord> range = records.between(from, to, Direction.FORWARD)) {
            range.forEach(record -> {
                Cost cost = Cost.of(record, prices);
                services.merge(record.service(), cost, Cost::plus);
                if (record.kind() == CallRecord.Kind.INVOCATION) {
                    functions.merge(Resource.of(record).id(), cost, Cost::plus);
                }
                outside[0] += record.causes().stream().anyMatch(Cause::isRoot) ? 1 : 0;
            });
        }
        for (Count count : records.counts(from, to)) {
            services.merge(count.service(), Cost.ofCount(count, prices), Cost::plus);
        }
        records.logBytes(from, to).forEach((group, bytes) -> {
            if (bytes > 0) {
                groups.put(group, Cost.charge(prices, "logs.ingestion", Tariffs.gigabytes(bytes)));
            }
        });
        return new Spending(outside[0], services, functions, groups);
    }

    /** What working cost, without observing. */
    public Cost working() {
        return Cost.sum(byService.values());
    }

    /** What logs cost. */
    public Cost observing() {
        return Cost.sum(byLogGroup.values());
    }

    /** Dollars for a million outside requests like these, observing included; nothing where there were none. */
    public BigDecimal perMillionRequests() {
        return outsideRequests == 0
                ? BigDecimal.ZERO
                : working().plus(observing()).perMillion(outsideRequests);
    }
}
