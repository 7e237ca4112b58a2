package virga.services.dynamodb;

import virga.kernel.Bytes;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.KeySchema;
import virga.store.Key;

/** Where items and index entries are kept. */
final class Entries {
    private Entries() {}

    /** @param item the item, or only its primary key */
    static Key item(Table table, Item item) {
        Bytes hash = table.key().hashOf(item);
        return DynamoDbKeys.ITEM.key(
                table.id(), DynamoDbKeys.slot(hash), hash, table.key().sortOf(item));
    }

    /** @param item what the index holds of it, or only the keys of table and index */
    static Key index(Table table, SecondaryIndex index, Item item) {
        KeySchema key = index.key();
        Bytes hash = key.hashOf(item);
        return DynamoDbKeys.INDEX.key(
                table.id(),
                index.name(),
                DynamoDbKeys.slot(hash),
                hash,
                key.sortOf(item),
                table.key().hashOf(item),
                table.key().sortOf(item));
    }
}
