package virga.services.dynamodb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.cloud.Exchange;
import virga.kernel.Details;
import virga.model.dynamodb.Capacity;
import virga.model.dynamodb.ConsumedCapacity;

/**
 * The capacity units that one call uses of one table and its indexes.
 *
 * <p>Source: "Read and write operations", Developer Guide: a read counts 4 KB as one unit, half where it is eventually consistent; a
 * write counts 1 KB as one; both count double in a transaction.
 */
final class Consumption {
    private static final double READ_UNIT_BYTES = 4096;
    private static final double WRITE_UNIT_BYTES = 1024;

    private final String table;
    private final boolean transactional;
    private final Units own = new Units();
    private final SortedMap<String, Units> global = new TreeMap<>();
    private final SortedMap<String, Units> local = new TreeMap<>();

    private static final class Units {
        private double read;
        private double write;

        double total() {
            return read + write;
        }

        void add(Units other) {
            read += other.read;
            write += other.write;
        }

        Capacity shown(boolean transactional) {
            Capacity.Builder shown = Capacity.builder().capacityUnits(total());
            if (transactional) {
                if (read > 0) {
                    shown.readCapacityUnits(read);
                }
                if (write > 0) {
                    shown.writeCapacityUnits(write);
                }
            }
            return shown.build();
        }
    }

    Consumption(String table, boolean transactional) {
        this.table = table;
        this.transactional = transactional;
    }

    /** The units that reading {@code bytes} takes; nothing read still takes the least. */
    void read(long bytes, boolean consistent) {
        own.read += readUnits(bytes, consistent);
    }

    void read(SecondaryIndex index, long bytes, boolean consistent) {
        of(index).read += readUnits(bytes, consistent);
    }

    /** @param bytes of the greater of the item before and after */
    void write(long bytes) {
        own.write += writeUnits(bytes);
    }

    void write(SecondaryIndex index, long bytes) {
        of(index).write += writeUnits(bytes);
    }

    double readUnits() {
        return own.read + sum(global, true) + sum(local, true);
    }

    double writeUnits() {
        return own.write + sum(global, false) + sum(local, false);
    }

    /** The units that the table's own capacity gives: its own and those of its local indexes. */
    double ofTable(ProvisionedCapacity.Direction direction) {
        return switch (direction) {
            case READ -> own.read + sum(local, true);
            case WRITE -> own.write + sum(local, false);
        };
    }

    /** The units that a global index gives; none for an index that is local or not used. */
    double ofGlobal(SecondaryIndex index, ProvisionedCapacity.Direction direction) {
        Units units = index.global() ? global.getOrDefault(index.name(), new Units()) : new Units();
        return switch (direction) {
            case READ -> units.read;
            case WRITE -> units.write;
        };
    }

    /** Adds what another part of the same call used of the same table. */
    void add(Consumption other) {
        own.add(other.own);
        other.global.forEach((name, units) ->
                global.computeIfAbsent(name, absent -> new Units()).add(units));
        other.local.forEach((name, units) ->
                local.computeIfAbsent(name, absent -> new Units()).add(units));
    }

    /** Adds the units to the call's record. */
    static void record(Exchange exchange, Iterable<Consumption> all) {
        double read = 0;
        double write = 0;
        for (Consumption one : all) {
            read += one.readUnits();
            write += one.writeUnits();
        }
        if (read > 0) {
            exchange.detail(Details.CONSUMED_READ_UNITS, text(read));
        }
        if (write > 0) {
            exchange.detail(Details.CONSUMED_WRITE_UNITS, text(write));
        }
    }

    /** @param wanted the request's ReturnConsumedCapacity */
    Optional<ConsumedCapacity> shown(Optional<String> wanted) {
        return switch (wanted.orElse("NONE")) {
            case "TOTAL" -> Optional.of(totals().build());
            case "INDEXES" -> Optional.of(withIndexes());
            default -> Optional.empty();
        };
    }

    private ConsumedCapacity.Builder totals() {
        ConsumedCapacity.Builder shown =
                ConsumedCapacity.builder().tableName(table).capacityUnits(readUnits() + writeUnits());
        if (transactional) {
            if (readUnits() > 0) {
                shown.readCapacityUnits(readUnits());
            }
            if (writeUnits() > 0) {
                shown.writeCapacityUnits(writeUnits());
            }
        }
        return shown;
    }

    private ConsumedCapacity withIndexes() {
        ConsumedCapacity.Builder shown = totals().table(own.shown(transactional));
        if (!global.isEmpty()) {
            shown.globalSecondaryIndexes(shown(global));
        }
        if (!local.isEmpty()) {
            shown.localSecondaryIndexes(shown(local));
        }
        return shown.build();
    }

    private Map<String, Capacity> shown(SortedMap<String, Units> units) {
        Map<String, Capacity> shown = new LinkedHashMap<>();
        units.forEach((name, each) -> shown.put(name, each.shown(transactional)));
        return shown;
    }

    private Units of(SecondaryIndex index) {
        return (index.global() ? global : local).computeIfAbsent(index.name(), absent -> new Units());
    }

    private static double sum(SortedMap<String, Units> units, boolean read) {
        return units.values().stream()
                .mapToDouble(each -> read ? each.read : each.write)
                .sum();
    }

    private double readUnits(long bytes, boolean consistent) {
        double units = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
        if (transactional) {
            return units * 2;
        }
        return consistent ? units : units / 2;
    }

    private double writeUnits(long bytes) {
        double units = Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
        return transactional ? units * 2 : units;
    }

    private static String text(double units) {
        return units == Math.rint(units) ? String.valueOf((long) units) : String.valueOf(units);
    }
}
