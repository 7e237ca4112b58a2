package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.services.dynamodb.expression.Condition;
import virga.services.dynamodb.expression.Projection;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.KeyRange;
import virga.store.Reading;

/** Reads one page of a Query or Scan: until the limit, the size of a page or the end. */
record PageReader(Target target, Rules rules, Consumption consumption) {
    /**
     * Where to read.
     *
     * @param view what the read sees
     * @param index a list of the one index to read; empty for the table
     */
    record Target(Reading view, Table table, List<SecondaryIndex> index, boolean consistent) {
        Optional<SecondaryIndex> onlyIndex() {
            return index.stream().findFirst();
        }
    }

    /**
     * What to read and show.
     *
     * @param limit of entries read, before the filter
     * @param fetching whether items are read whole from the table, because a local index does not hold what is asked for
     * @param countOnly whether no items are answered
     */
    record Rules(
            Condition filter,
            List<Projection> projection,
            int limit,
            long pageBytes,
            boolean fetching,
            boolean countOnly) {}

    /** One page. {@code last} is the key to go on after; {@link Item#EMPTY} at the end. */
    record Page(Table table, List<Item> items, int count, int scanned, Item last) {}

    Page read(KeyRange range, Reading.Direction direction) {
        List<Item> items = new ArrayList<>();
        int count = 0;
        int scanned = 0;
        long bytes = 0;
        Item last = Item.EMPTY;
        boolean stopped = false;
        try (Stream<Reading.Entry> entries = target.view().scan(range, direction)) {
            Iterator<Reading.Entry> each = entries.iterator();
            while (!stopped && each.hasNext()) {
                Item held = ItemCodec.ITEM.decode(each.next().value());
                long size = held.size();
                if (scanned > 0 && bytes + size > rules.pageBytes()) {
                    stopped = true;
                    break;
                }
                bytes += size;
                scanned++;
                last = position(held);
                Item item = whole(held);
                if (rules.filter().holds(item)) {
                    count++;
                    if (!rules.countOnly()) {
                        items.add(
                                rules.projection().isEmpty()
                                        ? item
                                        : rules.projection().getFirst().of(item));
                    }
                }
                stopped = scanned == rules.limit();
            }
        }
        countUnits(bytes);
        return new Page(target.table(), items, count, scanned, stopped ? last : Item.EMPTY);
    }

    private void countUnits(long bytes) {
        target.onlyIndex()
                .ifPresentOrElse(
                        index -> consumption.read(index, bytes, target.consistent()),
                        () -> consumption.read(bytes, target.consistent()));
    }

    private Item whole(Item held) {
        if (!rules.fetching()) {
            return held;
        }
        Item whole = ItemReads.get(target.view(), target.table(), held);
        consumption.read(whole.size(), target.consistent());
        return whole;
    }

    /** The key by which a next page finds its start: that of the table and, in an index, the index's. */
    private Item position(Item held) {
        List<String> names = new ArrayList<>(target.table().key().names());
        target.onlyIndex().ifPresent(index -> names.addAll(index.key().names()));
        return held.only(names);
    }
}
