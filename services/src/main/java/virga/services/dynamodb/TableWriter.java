package virga.services.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.Key;

/** Changes items of one table, and with each all that follows from it: index entries, expiry, the stream. */
final class TableWriter {
    private final UnitOfWork work;
    private final Call call;
    private final Table table;
    private final Duration lag;

    /** @param lag how much later replicas see the changes */
    TableWriter(UnitOfWork work, Call call, Table table, Duration lag) {
        this.work = work;
        this.call = call;
        this.table = table;
        this.lag = lag;
    }

    Table table() {
        return table;
    }

    /** The item with this primary key; {@link Item#EMPTY} where there is none. */
    Item current(Item key) {
        return work.get(Entries.item(table, key), ItemCodec.ITEM).orElse(Item.EMPTY);
    }

    /** A change of an item, with all that follows from it in indexes; nothing of it is made yet. */
    record Effects(Change change, List<IndexEffect> indexes) {}

    private record IndexEffect(SecondaryIndex index, Entry before, Entry after) {
        void count(Consumption consumption) {
            if (before.key().equals(after.key())) {
                consumption.write(
                        index, Math.max(before.item().size(), after.item().size()));
                return;
            }
            before.key().ifPresent(key -> consumption.write(index, before.item().size()));
            after.key().ifPresent(key -> consumption.write(index, after.item().size()));
        }
    }

    /** What follows from a change. It is found before anything is written, because its units may be short. */
    Effects effects(Change change) {
        List<IndexEffect> changed = new ArrayList<>();
        for (SecondaryIndex index : table.indexes()) {
            Entry before = entry(index, change.before());
            Entry after = entry(index, change.after());
            if (!before.equals(after)) {
                changed.add(new IndexEffect(index, before, after));
            }
        }
        return new Effects(change, changed);
    }

    /** Counts the units of the table and its indexes. Where nothing changes, the table's are used all the same. */
    static void count(Effects effects, Consumption consumption) {
        consumption.write(effects.change().greaterSize());
        effects.indexes().forEach(each -> each.count(consumption));
    }

    /** Makes the change; its units are not counted. */
    void make(Effects effects) {
        make(effects, StreamLog.Actor.USER);
    }

    void make(Effects effects, StreamLog.Actor actor) {
        Change change = effects.change();
        if (change.changesNothing()) {
            return;
        }
        write(Entries.item(table, change.either()), change.after());
        effects.indexes().forEach(this::make);
        Expiry.change(work, table, change);
        if (table.stream().enabled()) {
            StreamLog.append(work, call, table, change, actor);
        }
    }

    /** What an index holds of an item, and where; neither where it holds nothing. */
    private record Entry(Optional<Key> key, Item item) {}

    private Entry entry(SecondaryIndex index, Item item) {
        if (!index.holds(item)) {
            return new Entry(Optional.empty(), Item.EMPTY);
        }
        Item held = index.project(table, item);
        return new Entry(Optional.of(Entries.index(table, index, held)), held);
    }

    private void make(IndexEffect effect) {
        if (!effect.before().key().equals(effect.after().key())) {
            effect.before().key().ifPresent(key -> write(key, Item.EMPTY));
        }
        effect.after().key().ifPresent(key -> write(key, effect.after().item()));
    }

    private void write(Key entry, Item item) {
        if (lag.isPositive()) {
            Instant visibleAt = call.at().plus(lag);
            ReplicaView.hold(work, entry, call.at(), visibleAt);
        }
        if (item.isEmpty()) {
            work.delete(entry);
        } else {
            Bytes bytes = ItemCodec.ITEM.encode(item);
            work.put(entry, bytes);
        }
    }
}
