package virga.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongPredicate;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import virga.kernel.Bug;
import virga.store.HistoryGone;
import virga.store.KeptHistory;
import virga.store.backend.Effect;
import virga.store.backend.PersistentTree;
import virga.store.backend.Slot;

/**
 * The undo records of one store, by sequence number. The newest is always kept: its number is the store's sequence. Old ones are
 * dropped in batches, within the commit that made them superfluous. Used by one thread at a time, but for {@link #back}.
 */
final class UndoHistory {
    private final RocksDB database;
    private final ColumnFamilyHandle family;
    private final RocksSettings settings;
    private long oldest;
    private volatile long sequence;
    private long bytes;
    private long trimmedAtSequence;
    private long trimmedAtBytes;

    /** A commit that is ready to be written: its number, and what is true once it is. */
    record Next(long sequence, long oldest, long bytes, boolean trimmed) {}

    UndoHistory(RocksDB database, ColumnFamilyHandle family, RocksSettings settings) throws RocksDBException {
        this.database = database;
        this.family = family;
        this.settings = settings;
        try (RocksIterator records = database.newIterator(family)) {
            records.seekToFirst();
            if (records.isValid()) {
                oldest = number(records.key()) - 1;
                records.seekToLast();
                sequence = number(records.key());
                bytes = UndoRecord.read(records.value()).bytesUpToHere();
            }
            records.status();
        }
        trimmedAtSequence = oldest;
        trimmedAtBytes = bytes;
    }

    /** The number of the last commit. */
    long sequence() {
        return sequence;
    }

    /** The number of the last commit in the snapshot that {@code options} have. */
    long sequenceAt(ReadOptions options) {
        try (RocksIterator records = database.newIterator(family, options)) {
            records.seekToLast();
            long newest = records.isValid() ? number(records.key()) : 0;
            records.status();
            return newest;
        } catch (RocksDBException e) {
            throw new Bug("the undo records cannot be read", e);
        }
    }

    /** Adds to {@code batch} what this history needs to know of a commit. */
    Next prepare(WriteBatch batch, List<Effect> effects) throws RocksDBException {
        KeptHistory kept = settings.history();
        long now = settings.time().millis();
        UndoRecord record = UndoRecord.of(effects, now, bytes, kept.bytes());
        long number = sequence + 1;
        batch.put(family, key(number), record.content());
        if (!record.complete()) {
            return drop(batch, number, number, record.bytesUpToHere());
        }
        boolean due = number - trimmedAtSequence > kept.commits() / 8
                || record.bytesUpToHere() - trimmedAtBytes > kept.bytes() / 8;
        long reach = due ? reach(number, record.bytesUpToHere(), now) : oldest;
        return due
                ? drop(batch, reach, number, record.bytesUpToHere())
                : new Next(number, oldest, record.bytesUpToHere(), false);
    }

    /** Takes note that the commit was written. */
    void written(Next next) {
        if (next.trimmed()) {
            trimmedAtSequence = next.sequence();
            trimmedAtBytes = next.bytes();
        }
        bytes = next.bytes();
        oldest = next.oldest();
        sequence = next.sequence();
    }

    /**
     * What must be laid over a snapshot to see the state just after commit {@code asked}.
     *
     * @param options with the snapshot
     * @throws HistoryGone where the undo records do not reach that far
     */
    PersistentTree<Slot> back(long asked, ReadOptions options) throws RocksDBException {
        PersistentTree<Slot> changes = PersistentTree.empty();
        try (RocksIterator records = database.newIterator(family, options)) {
            records.seekToLast();
            long newest = records.isValid() ? number(records.key()) : 0;
            if (asked > newest) {
                throw new HistoryGone(asked, oldestIn(records));
            }
            for (long number = newest; number > asked; number--) {
                UndoRecord record =
                        records.isValid() && number(records.key()) == number ? UndoRecord.read(records.value()) : null;
                if (record == null || !record.complete()) {
                    records.status();
                    throw new HistoryGone(asked, number);
                }
                changes = record.over(changes);
                records.prev();
            }
        }
        return changes;
    }

    private static long oldestIn(RocksIterator records) {
        records.seekToFirst();
        return records.isValid() ? number(records.key()) - 1 : 0;
    }

    private Next drop(WriteBatch batch, long reach, long number, long bytesUpToHere) throws RocksDBException {
        // The newest record stays in any case, since it carries the sequence.
        long firstKept = Math.min(reach + 1, number);
        if (firstKept > oldest + 1) {
            batch.deleteRange(family, key(oldest + 1), key(firstKept));
        }
        return new Next(number, Math.max(reach, oldest), bytesUpToHere, true);
    }

    /** The earliest commit that is to be kept within reach, where {@code number} is about to be the newest. */
    private long reach(long number, long bytesUpToHere, long now) throws RocksDBException {
        KeptHistory kept = settings.history();
        long byCount = Math.max(oldest, number - kept.commits());
        long ageMillis = kept.age().toMillis();
        return Math.max(byCount, firstIn(byCount, number, at -> {
            UndoRecord record = recordOf(at);
            return bytesUpToHere - record.bytesUpToHere() <= kept.bytes() && record.atMillis() >= now - ageMillis;
        }));
    }

    /** The first number from {@code low} to {@code high} that is {@code young}; as records age in order, by halving. */
    private long firstIn(long low, long high, LongPredicate young) {
        long tooOld = low - 1;
        long youngest = high;
        while (youngest - tooOld > 1) {
            long middle = tooOld + (youngest - tooOld) / 2;
            // Commit `oldest` itself has no record any more: what is known of it is what the next one says, and the
            // newest is young.
            long known = Math.max(middle, oldest + 1);
            if (known >= high || young.test(known)) {
                youngest = middle;
            } else {
                tooOld = middle;
            }
        }
        return youngest;
    }

    private UndoRecord recordOf(long number) {
        try {
            return UndoRecord.read(database.get(family, key(number)));
        } catch (RocksDBException e) {
            throw new Bug("the undo record of commit " + number + " cannot be read", e);
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }
}
