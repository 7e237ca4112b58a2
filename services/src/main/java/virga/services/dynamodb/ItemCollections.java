package virga.services.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Bytes;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.ItemCollectionMetrics;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.KeyRange;
import virga.store.Reading;

/**
 * The items of one partition in a table with local indexes, which together may not outgrow 10 GB.
 *
 * <p>Source: "Item collections", Developer Guide.
 */
final class ItemCollections {
    private static final double GIGABYTE = 1 << 30;

    private ItemCollections() {}

    /** The estimate for the partition of {@code key}; empty where the table has no local index. */
    static Optional<ItemCollectionMetrics> metrics(Reading reading, Table table, Item key) {
        List<SecondaryIndex> local =
                table.indexes().stream().filter(index -> !index.global()).toList();
        if (local.isEmpty()) {
            return Optional.empty();
        }
        Bytes hash = table.key().hashOf(key);
        long slot = DynamoDbKeys.slot(hash);
        long bytes = bytes(reading, DynamoDbKeys.ITEM.range(table.id(), slot, hash));
        for (SecondaryIndex index : local) {
            bytes += bytes(reading, DynamoDbKeys.INDEX.range(table.id(), index.name(), slot, hash));
        }
        double gigabytes = Math.floor(bytes / GIGABYTE);
        Map<String, AttributeValue> shown =
                AttributeValues.of(key.only(List.of(table.key().hash().name())));
        return Optional.of(ItemCollectionMetrics.builder()
                .itemCollectionKey(shown)
                .sizeEstimateRangeGB(List.of(gigabytes, gigabytes + 1))
                .build());
    }

    private static long bytes(Reading reading, KeyRange range) {
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            return entries.mapToLong(
                            entry -> ItemCodec.ITEM.decode(entry.value()).size())
                    .sum();
        }
    }
}
