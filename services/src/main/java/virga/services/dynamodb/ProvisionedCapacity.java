package virga.services.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.model.dynamodb.ProvisionedThroughputExceededException;
import virga.store.Key;
import virga.store.Transaction;

/**
 * Takes the units that calls use from the capacity of tables and global indexes. A local index uses its table's. What is on demand is
 * never short. A call is let through if all its units are there, or all that can be kept is there: AWS does not tell how far it lets one
 * go beyond, but lets no item be too large for its table.
 *
 * <p>What is left is kept in the store, in the transaction that uses it: so no node has state of its own, forks and restarts go on with
 * what was left, and units of a transaction that fails are not used. An environment's store has one writer, so a write waits no longer
 * for it; a read of provisioned capacity takes a short transaction after it, a read on demand takes none.
 */
final class ProvisionedCapacity {
    private static final String OF_TABLE = "";

    private ProvisionedCapacity() {}

    /** What a unit allows; its name is part of the key of what is left. */
    enum Direction {
        READ,
        WRITE
    }

    /** Whose capacity does not suffice. */
    enum Shortage {
        TABLE("The level of configured provisioned throughput for the table was exceeded. Consider increasing your"
                + " provisioning level with the UpdateTable API."),
        INDEX("The level of configured provisioned throughput for one or more global secondary indexes of the table was"
                + " exceeded. Consider increasing your provisioning level for the under-provisioned global secondary"
                + " indexes with the UpdateTable API.");

        private final String message;

        Shortage(String message) {
            this.message = message;
        }

        /** As AWS says it, alone and as the reason of a cancelled transaction. */
        String message() {
            return message;
        }

        ProvisionedThroughputExceededException exception() {
            return new ProvisionedThroughputExceededException(message);
        }
    }

    private record Taking(Key key, CapacityBucket left) {}

    /** Takes the units from the table and each index, or says what falls short and takes nothing at all. */
    static Optional<Shortage> take(UnitOfWork work, Table table, Consumption used) {
        if (!isLimited(table)) {
            return Optional.empty();
        }
        List<Taking> takings = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            double units = used.ofTable(direction);
            if (units > 0 && !table.throughput().isOnDemand()) {
                CapacityBucket bucket = table(work, table, direction, work.now());
                if (!bucket.has(units, table.throughput().units(direction))) {
                    return Optional.of(Shortage.TABLE);
                }
                takings.add(new Taking(key(table, OF_TABLE, direction), bucket.without(units)));
            }
            for (SecondaryIndex index : table.indexes()) {
                double ofIndex = used.ofGlobal(index, direction);
                if (ofIndex > 0 && !index.throughput().isOnDemand()) {
                    CapacityBucket bucket = index(work, table, index, direction, work.now());
                    if (!bucket.has(ofIndex, index.throughput().units(direction))) {
                        return Optional.of(Shortage.INDEX);
                    }
                    takings.add(new Taking(key(table, index.name(), direction), bucket.without(ofIndex)));
                }
            }
        }
        takings.forEach(taking -> work.put(taking.key(), taking.left(), CapacityBucket.CODEC));
        return Optional.empty();
    }

    /** @throws ProvisionedThroughputExceededException where the units are not there */
    static void use(UnitOfWork work, Table table, Consumption used) {
        take(work, table, used).ifPresent(shortage -> {
            throw shortage.exception();
        });
    }

    /** As {@link #use}, for what was read outside of a transaction. */
    static void use(Exchange exchange, Table table, Consumption used) {
        if (isLimited(table)) {
            exchange.transact(work -> {
                use(work, table, used);
                return true;
            });
        }
    }

    /** Whether anything of the table has provisioned capacity. */
    static boolean isLimited(Table table) {
        return !table.throughput().isOnDemand()
                || table.indexes().stream()
                        .anyMatch(index -> !index.throughput().isOnDemand());
    }

    /** Keeps what is left where capacity changes from {@code before} to {@code after}, so that the past counts at its own rate. */
    static void change(UnitOfWork work, Table before, Table after) {
        for (Direction direction : Direction.values()) {
            if (!before.throughput().equals(after.throughput())) {
                keep(
                        work,
                        key(after, OF_TABLE, direction),
                        before.throughput().isOnDemand()
                                ? Optional.empty()
                                : Optional.of(table(work, before, direction, work.now())),
                        after.throughput().units(direction));
            }
            for (SecondaryIndex index : before.indexes()) {
                Optional<SecondaryIndex> now = after.index(index.name());
                if (now.isEmpty()) {
                    work.delete(key(before, index.name(), direction));
                } else if (!now.get().throughput().equals(index.throughput())) {
                    keep(
                            work,
                            key(after, index.name(), direction),
                            index.throughput().isOnDemand()
                                    ? Optional.empty()
                                    : Optional.of(index(work, before, index, direction, work.now())),
                            now.get().throughput().units(direction));
                }
            }
        }
    }

    /** Forgets what is left of a table that is deleted. */
    static void delete(Transaction work, Table table) {
        work.delete(DynamoDbKeys.CAPACITY.range(table.id()));
    }

    private static void keep(UnitOfWork work, Key key, Optional<CapacityBucket> left, long unitsPerSecond) {
        if (unitsPerSecond == 0) {
            work.delete(key);
            return;
        }
        CapacityBucket kept = left.orElseGet(() -> CapacityBucket.begins(work.now(), unitsPerSecond));
        work.put(key, kept.filled(work.now(), unitsPerSecond), CapacityBucket.CODEC);
    }

    private static CapacityBucket table(UnitOfWork work, Table table, Direction direction, Instant now) {
        long rate = table.throughput().units(direction);
        return work.get(key(table, OF_TABLE, direction), CapacityBucket.CODEC)
                .orElseGet(() -> CapacityBucket.begins(table.life().createdAt(), rate))
                .filled(now, rate);
    }

    private static CapacityBucket index(
            UnitOfWork work, Table table, SecondaryIndex index, Direction direction, Instant now) {
        long rate = index.throughput().units(direction);
        return work.get(key(table, index.name(), direction), CapacityBucket.CODEC)
                .orElseGet(() -> CapacityBucket.begins(index.readiness().readyAt(), rate))
                .filled(now, rate);
    }

    private static Key key(Table table, String index, Direction direction) {
        return DynamoDbKeys.CAPACITY.key(table.id(), index, direction.name());
    }
}
