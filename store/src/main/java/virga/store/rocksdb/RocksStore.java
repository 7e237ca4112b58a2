package virga.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import virga.store.Reading;
import virga.store.Store;
import virga.store.backend.Effect;
import virga.store.backend.PersistentTree;
import virga.store.backend.Session;
import virga.store.backend.SingleWriterStore;
import virga.store.backend.Slot;
import virga.store.backend.Usage;
import virga.store.backend.View;
import virga.store.overlay.OverlayStore;

/** A store in one directory. Forks of it hold a snapshot, and end when it is closed. */
final class RocksStore extends SingleWriterStore {
    private static final byte[] UNDO = "undo".getBytes(StandardCharsets.US_ASCII);

    private final Path directory;
    private final RocksSettings settings;
    private final RocksDB database;
    private final ColumnFamilyHandle data;
    private final ColumnFamilyHandle undo;
    private final UndoHistory history;
    private final WriteOptions writeOptions = new WriteOptions();
    private final RocksView latest;
    private final Usage usage;
    private final Map<RocksSnapshot, Snapshot> snapshots = new HashMap<>();
    private final ReentrantLock syncing = new ReentrantLock();
    private long syncedSequence;

    private RocksStore(Path directory, RocksSettings settings, RocksDB database, List<ColumnFamilyHandle> families)
            throws RocksDBException {
        this.directory = directory;
        this.settings = settings;
        this.database = database;
        this.data = families.get(0);
        this.undo = families.get(1);
        this.history = new UndoHistory(database, undo, settings);
        this.latest = new RocksView(database, data, directory);
        this.usage = new Usage("the store in " + directory);
    }

    /** @throws virga.store.StoreFailure where the directory is in use, damaged, or cannot be written */
    static RocksStore open(Path directory, RocksSettings settings, RocksShared shared) {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        List<ColumnFamilyDescriptor> wanted = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, shared.data()),
                new ColumnFamilyDescriptor(UNDO, shared.undo()));
        try {
            RocksDB database = RocksDB.open(shared.database(), directory.toString(), wanted, families);
            return new RocksStore(directory, settings, database, families);
        } catch (RocksDBException e) {
            throw RocksFailures.of("open the store in", directory, e);
        }
    }

    @Override
    public <T> T read(Function<? super Reading, T> body) {
        return usage.during(() -> {
            Snapshot snapshot = database.getSnapshot();
            try (RocksView view = new RocksView(database, data, directory).at(snapshot)) {
                return Session.over(view, body);
            } finally {
                release(snapshot);
            }
        });
    }

    @Override
    public long sequence() {
        return history.sequence();
    }

    @Override
    public Store forkAt(long sequence) {
        return fork(options -> sequence);
    }

    /** The commit is read from the snapshot itself: others may commit in between. */
    @Override
    public Store fork() {
        return fork(history::sequenceAt);
    }

    private Store fork(ToLongFunction<ReadOptions> which) {
        return usage.during(() -> {
            RocksSnapshot base = hold();
            try (ReadOptions options = base.options()) {
                long sequence = which.applyAsLong(options);
                return new OverlayStore(base, back(sequence, options), sequence, settings.history(), settings.time());
            } catch (RuntimeException e) {
                base.close();
                throw e;
            }
        });
    }

    @Override
    public void close() {
        usage.close(() -> {
            synchronized (snapshots) {
                snapshots.values().forEach(this::release);
                snapshots.clear();
            }
            if (settings.durability() == Durability.POWER_LOSS) {
                sync();
            }
            latest.close();
            writeOptions.close();
            data.close();
            undo.close();
            database.close();
        });
    }

    boolean isClosed() {
        return usage.isClosed();
    }

    /** Makes {@code target} a store with the same state. Its files are shared with this store's, as links, for as long as both last. */
    void copyTo(Path target) {
        alone(() -> usage.during(() -> {
            try (Checkpoint checkpoint = Checkpoint.create(database)) {
                checkpoint.createCheckpoint(target.toString());
                return target;
            } catch (RocksDBException e) {
                throw RocksFailures.of("copy the store to " + target + " from", directory, e);
            }
        }));
    }

    @Override
    protected <T> T onLatest(Function<View, T> body) {
        return usage.during(() -> body.apply(latest));
    }

    @Override
    protected void commit(List<Effect> effects) {
        try (WriteBatch batch = new WriteBatch()) {
            for (Effect effect : effects) {
                byte[] key = effect.key().bytes().unsafeArray();
                switch (effect.after()) {
                    case Slot.Held held -> batch.put(data, key, held.content().unsafeArray());
                    case Slot.Vacant vacant -> batch.delete(data, key);
                }
            }
            UndoHistory.Next next = history.prepare(batch, effects);
            database.write(writeOptions, batch);
            history.written(next);
        } catch (RocksDBException e) {
            throw RocksFailures.of("write to", directory, e);
        }
    }

    /** Whoever gets here first syncs for all that have committed by then; the others find it done. */
    @Override
    protected void settle() {
        if (settings.durability() != Durability.POWER_LOSS) {
            return;
        }
        long mine = history.sequence();
        syncing.lock();
        try {
            if (syncedSequence < mine) {
                long through = history.sequence();
                usage.during(this::sync);
                syncedSequence = through;
            }
        } finally {
            syncing.unlock();
        }
    }

    /** Looks at the snapshot's data for {@code body}, as long as neither is closed. */
    <T> T during(Supplier<T> body) {
        return usage.during(body);
    }

    RocksView view(Snapshot snapshot) {
        return new RocksView(database, data, directory).at(snapshot);
    }

    /** Lets go of a snapshot that was held, unless this store's end did. */
    void forget(RocksSnapshot held) {
        synchronized (snapshots) {
            Snapshot snapshot = snapshots.remove(held);
            if (snapshot != null) {
                release(snapshot);
            }
        }
    }

    private RocksSnapshot hold() {
        Snapshot snapshot = database.getSnapshot();
        RocksSnapshot held = new RocksSnapshot(this, snapshot);
        synchronized (snapshots) {
            snapshots.put(held, snapshot);
        }
        return held;
    }

    private PersistentTree<Slot> back(long sequence, ReadOptions options) {
        try {
            return history.back(sequence, options);
        } catch (RocksDBException e) {
            throw RocksFailures.of("read the history in", directory, e);
        }
    }

    private Void sync() {
        try {
            database.syncWal();
            return null;
        } catch (RocksDBException e) {
            throw RocksFailures.of("sync to disk", directory, e);
        }
    }

    private void release(Snapshot snapshot) {
        database.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
