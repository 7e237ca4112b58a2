package virga.services.dynamodb;

import virga.kernel.Call;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.Reading;

/** Reads of single items. */
final class ItemReads {
    private ItemReads() {}

    /** What a read sees: the truth, or what a replica may still show instead. */
    static Reading view(Reading truth, Call call, boolean consistent) {
        return consistent ? truth : new ReplicaView(truth, call.at());
    }

    /** {@link Item#EMPTY} where there is none. */
    static Item get(Reading reading, Table table, Item key) {
        return reading.get(Entries.item(table, key), ItemCodec.ITEM).orElse(Item.EMPTY);
    }
}
