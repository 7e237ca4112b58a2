package virga.services.dynamodb;

import java.time.Instant;
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
    private final Replication replication;
    private final Consumption consumption;

    /** How soon replicas see a change: {@code lag} later where {@code late}, else at once. */
    record Replication(boolean late, java.time.Duration lag) {}

    TableWriter(UnitOfWork work, Call call, Table table, Replication replication, Consumption consumption) {
        this.work = work;
        this.call = call;
        this.table = table;
        this.replication = replication;
        this.consumption = consumption;
    }

    Table table() {
        return table;
    }

    /** The item with this primary key; {@link Item#EMPTY} where there is none. */
    Item current(Item key) {
        return work.get(Entries.item(table, key), ItemCodec.ITEM).orElse(Item.EMPTY);
    }

    /** Makes the change and counts its units. Where nothing changes, the units are used all the same. */
    void make(Change change) {
        make(change, StreamLog.Actor.USER);
    }

    void make(Change change, StreamLog.Actor actor) {
        consumption.write(change.greaterSize());
        if (change.changesNothing()) {
            return;
        }
        write(Entries.item(table, change.either()), change.after());
        for (SecondaryIndex index : table.indexes()) {
            changeIndex(index, change);
        }
        Expiry.change(work, table, change);
        if (table.stream().enabled()) {
            StreamLog.append(work, call, table, change, actor);
        }
    }

    private void changeIndex(SecondaryIndex index, Change change) {
        boolean wasThere = index.holds(change.before());
        boolean isThere = index.holds(change.after());
        Item before = wasThere ? index.project(table, change.before()) : Item.EMPTY;
        Item after = isThere ? index.project(table, change.after()) : Item.EMPTY;
        if (before.equals(after)) {
            return;
        }
        Key from = wasThere ? Entries.index(table, index, before) : null;
        Key to = isThere ? Entries.index(table, index, after) : null;
        if (wasThere && isThere && from.equals(to)) {
            write(to, after);
            consumption.write(index, Math.max(before.size(), after.size()));
            return;
        }
        if (wasThere) {
            write(from, Item.EMPTY);
            consumption.write(index, before.size());
        }
        if (isThere) {
            write(to, after);
            consumption.write(index, after.size());
        }
    }

    private void write(Key entry, Item item) {
        if (replication.late()) {
            Instant visibleAt = call.at().plus(replication.lag());
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
