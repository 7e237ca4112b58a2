package virga.store.rocksdb;

import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading.Direction;
import virga.store.Reading.Entry;
import virga.store.backend.Cursor;
import virga.store.backend.View;

/** The data as a snapshot has it, or as it is where there is no snapshot. Holds native memory until it is closed. */
final class RocksView implements View, AutoCloseable {
    private final RocksDB database;
    private final ColumnFamilyHandle family;
    private final Path directory;
    private final ReadOptions options = new ReadOptions();

    RocksView(RocksDB database, ColumnFamilyHandle family, Path directory) {
        this.database = database;
        this.family = family;
        this.directory = directory;
    }

    /** Makes this a view on {@code snapshot}, which must outlive it. */
    RocksView at(Snapshot snapshot) {
        options.setSnapshot(snapshot);
        return this;
    }

    @Override
    public Optional<Bytes> get(Key key) {
        try {
            return Optional.ofNullable(database.get(family, options, key.bytes().unsafeArray()))
                    .map(Bytes::wrap);
        } catch (RocksDBException e) {
            throw RocksFailures.of("read from", directory, e);
        }
    }

    @Override
    public Cursor cursor(KeyRange range, Direction direction) {
        return range.from().compareTo(range.to()) < 0
                ? new RocksCursor(range, direction)
                : View.empty().cursor(range, direction);
    }

    @Override
    public void close() {
        options.close();
    }

    /** The bounds are RocksDB's own, so that it does not look at what was deleted beyond them. */
    private final class RocksCursor implements Cursor {
        private final Slice lower;
        private final Slice upper;
        private final ReadOptions bounded;
        private final RocksIterator iterator;
        private final Direction direction;
        private boolean closed;

        RocksCursor(KeyRange range, Direction direction) {
            this.direction = direction;
            lower = new Slice(range.from().bytes().unsafeArray());
            upper = new Slice(range.to().bytes().unsafeArray());
            bounded = new ReadOptions(options).setIterateLowerBound(lower).setIterateUpperBound(upper);
            iterator = database.newIterator(family, bounded);
            if (direction == Direction.FORWARD) {
                iterator.seekToFirst();
            } else {
                iterator.seekToLast();
            }
        }

        @Override
        public boolean hasNext() {
            if (closed) {
                return false;
            }
            if (iterator.isValid()) {
                return true;
            }
            try {
                iterator.status();
                return false;
            } catch (RocksDBException e) {
                throw RocksFailures.of("read from", directory, e);
            }
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry entry = new Entry(new Key(Bytes.wrap(iterator.key())), Bytes.wrap(iterator.value()));
            if (direction == Direction.FORWARD) {
                iterator.next();
            } else {
                iterator.prev();
            }
            return entry;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                iterator.close();
                bounded.close();
                lower.close();
                upper.close();
            }
        }
    }
}
