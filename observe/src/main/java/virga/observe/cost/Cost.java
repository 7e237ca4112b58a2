package virga.observe.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.kernel.CallRecord;
import virga.observe.Count;
import virga.observe.lineage.Lineage;
import virga.observe.lineage.LineageNode;
import virga.observe.logs.LogEvent;

/**
 * What something costs, exactly, by price.
 *
 * @param charges at most one for each price, by its name
 * @param unpriced services that took part and whose prices are not known
 */
public record Cost(List<Charge> charges, SortedSet<String> unpriced) {
    public static final Cost NOTHING = new Cost(List.of(), Collections.emptySortedSet());

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Cost {
        charges = List.copyOf(charges);
        unpriced = Collections.unmodifiableSortedSet(new TreeSet<>(unpriced));
    }

    /**
     * So much at one price.
     *
     * @param price its name in the list, as in {@code lambda.duration.arm64}
     * @param quantity in {@code unit}s
     */
    public record Charge(String price, BigDecimal quantity, String unit, BigDecimal dollars) {
        /** Whether this pays for watching rather than for working. */
        public boolean observing() {
            return price.startsWith("logs.") || price.startsWith("xray.");
        }
    }

    /** What one record costs; what its log lines cost is {@link #ofLogs}. */
    public static Cost of(CallRecord record, PriceList prices) {
        return Tariffs.of(record, prices);
    }

    /** What it costs to ingest log events. */
    public static Cost ofLogs(Collection<LogEvent> events, PriceList prices) {
        long bytes = events.stream().mapToLong(LogEvent::bytes).sum();
        return bytes == 0 ? NOTHING : charge(prices, "logs.ingestion", Tariffs.gigabytes(bytes));
    }

    /** What calls cost that left no record, each taken for the smallest there is. */
    public static Cost ofCount(Count count, PriceList prices) {
        return Tariffs.of(count, prices);
    }

    /** What a node of a lineage costs by itself, its log lines included; nothing where it is repeated. */
    public static Cost of(LineageNode node, PriceList prices) {
        return node.repeated() ? NOTHING : of(node.record(), prices).plus(ofLogs(node.logs(), prices));
    }

    /** What everything in a lineage costs. */
    public static Cost of(Lineage lineage, PriceList prices) {
        List<Cost> costs = new ArrayList<>();
        lineage.forEach(node -> costs.add(of(node, prices)));
        return sum(costs);
    }

    public static Cost sum(Collection<Cost> costs) {
        SortedMap<String, Charge> charges = new TreeMap<>();
        SortedSet<String> unpriced = new TreeSet<>();
        for (Cost cost : costs) {
            unpriced.addAll(cost.unpriced);
            for (Charge charge : cost.charges) {
                charges.merge(charge.price, charge, Cost::add);
            }
        }
        return new Cost(List.copyOf(charges.values()), unpriced);
    }

    public Cost plus(Cost other) {
        return sum(List.of(this, other));
    }

    /** US dollars, exactly. */
    public BigDecimal total() {
        return charges.stream().map(Charge::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What of {@link #total} pays for logs and traces. */
    public BigDecimal observing() {
        return charges.stream().filter(Charge::observing).map(Charge::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What a million of the same would cost, US dollars. */
    public BigDecimal perMillion() {
        return total().multiply(MILLION);
    }

    /** What a million events would cost where {@code events} of them cost this much, to a hundredth of a cent. */
    public BigDecimal perMillion(long events) {
        return perMillion().divide(BigDecimal.valueOf(events), 4, RoundingMode.HALF_UP);
    }

    static Cost charge(PriceList prices, String name, BigDecimal quantity) {
        PriceList.Price price = prices.get(name);
        Charge charge = new Charge(name, quantity, price.unit(), price.dollars().multiply(quantity));
        return new Cost(List.of(charge), Collections.emptySortedSet());
    }

    static Cost unpriced(String service) {
        return new Cost(List.of(), new TreeSet<>(List.of(service)));
    }

    private static Charge add(Charge one, Charge other) {
        return new Charge(one.price, one.quantity.add(other.quantity), one.unit, one.dollars.add(other.dollars));
    }
}
