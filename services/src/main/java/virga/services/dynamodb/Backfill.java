package virga.services.dynamodb;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.ItemCodec;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.RecordCodec;

/**
 * Enters the items that a table has already: into a new index, or into the list of expiring items. Changes made meanwhile are entered
 * by their own writes, so the order does not matter.
 */
final class Backfill implements TaskHandler<Backfill.Work> {
    /**
     * @param index its name; empty for the list of expiring items
     * @param after the entry that the last step ended with; empty at the beginning
     */
    record Work(String table, String tableId, String index, Bytes after) {
        static Work begin(Table table, SecondaryIndex index) {
            return new Work(table.name(), table.id(), index.name(), Bytes.EMPTY);
        }

        static Work ofExpiry(Table table) {
            return new Work(table.name(), table.id(), "", Bytes.EMPTY);
        }
    }

    static final TaskKind<Work> KIND = new TaskKind<>("dynamodb/backfill", RecordCodec.of(Work.class));
    private static final int ITEMS_AT_ONCE = 200;

    @Override
    public Result run(Task<Work> task, Environment environment) {
        Call call = environment.newCall(
                task.scope(),
                new Principal.Service(task.scope().account(), "dynamodb.amazonaws.com", ""),
                task.cause());
        Bytes after = task.payload().after();
        Optional<Bytes> next = Optional.of(after);
        while (next.isPresent()) {
            Bytes from = next.get();
            next = environment.transact(call, work -> step(work, call, task.payload(), from));
        }
        return Result.DONE;
    }

    /** Enters some items; the last one's place where there are more. */
    private static Optional<Bytes> step(UnitOfWork work, Call call, Work asked, Bytes after) {
        Optional<Table> found = Tables.find(work, call.scope(), asked.table(), call.at())
                .filter(table -> table.id().equals(asked.tableId()))
                .filter(table ->
                        asked.index().isEmpty() || table.index(asked.index()).isPresent());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Table table = found.get();
        Optional<SecondaryIndex> index = table.index(asked.index());
        KeyRange all = DynamoDbKeys.ITEM.range(table.id());
        KeyRange range = after.isEmpty() ? all : all.after(new Key(after));
        List<Reading.Entry> entries;
        try (Stream<Reading.Entry> scanned = work.scan(range)) {
            entries = scanned.limit(ITEMS_AT_ONCE).toList();
        }
        for (Reading.Entry entry : entries) {
            enter(work, table, index, entry);
        }
        if (entries.size() == ITEMS_AT_ONCE) {
            return Optional.of(entries.getLast().key().bytes());
        }
        index.ifPresent(done -> Tables.save(
                work, call.scope(), table.replacing(done.ready(done.readiness().readyAt()))));
        return Optional.empty();
    }

    private static void enter(UnitOfWork work, Table table, Optional<SecondaryIndex> index, Reading.Entry entry) {
        Item item = ItemCodec.ITEM.decode(entry.value());
        if (index.isEmpty()) {
            Expiry.list(work, table, item);
        } else if (index.get().holds(item)) {
            Item projected = index.get().project(table, item);
            work.put(Entries.index(table, index.get(), projected), projected, ItemCodec.ITEM);
        }
    }
}
