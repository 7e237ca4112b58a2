package virga.services.dynamodb;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeySchema;

/**
 * A secondary index of a table.
 *
 * @param global whether it has a partition key of its own
 * @param included attributes that it projects beside all keys; only for {@code INCLUDE}
 * @param readyAt from when it can be queried
 * @param backfilling whether items from before its creation are still being entered
 * @param throughput of a global index in a provisioned table
 */
record SecondaryIndex(
        String name,
        boolean global,
        KeySchema key,
        Projected projected,
        List<String> included,
        Readiness readiness,
        Throughput throughput) {
    /** What of an item an index holds. */
    enum Projected {
        ALL,
        KEYS_ONLY,
        INCLUDE
    }

    /** How far the index is. */
    record Readiness(Instant readyAt, boolean backfilling) {
        boolean isReady(Instant now) {
            return !backfilling && !now.isBefore(readyAt);
        }
    }

    boolean holds(Item item) {
        return key.fits(item);
    }

    /** What this index of {@code table} holds of an item. */
    Item project(Table table, Item item) {
        if (projected == Projected.ALL) {
            return item;
        }
        Set<String> names = new LinkedHashSet<>(table.key().names());
        names.addAll(key.names());
        names.addAll(included);
        return item.only(names);
    }

    SecondaryIndex ready(Instant at) {
        return new SecondaryIndex(name, global, key, projected, included, new Readiness(at, false), throughput);
    }

    SecondaryIndex with(Throughput other) {
        return new SecondaryIndex(name, global, key, projected, included, readiness, other);
    }
}
