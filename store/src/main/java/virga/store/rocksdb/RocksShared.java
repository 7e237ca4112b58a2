package virga.store.rocksdb;

import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * What all databases of one place share, so that one more costs little: the block cache, a bound on unwritten memory, the options.
 * A database that is not written to holds a few hundred kilobytes.
 */
final class RocksShared implements AutoCloseable {
    private static final long CACHE_BYTES = 64L << 20;
    private static final long UNWRITTEN_BYTES = 128L << 20;
    private static final long DATA_BUFFER_BYTES = 16L << 20;
    private static final long UNDO_BUFFER_BYTES = 8L << 20;
    private static final long ARENA_BYTES = 64L << 10;
    private static final long WAL_BYTES = 64L << 20;
    private static final int OPEN_FILES = 256;

    private final Cache cache = new LRUCache(CACHE_BYTES);
    private final Cache unwritten = new LRUCache(UNWRITTEN_BYTES);
    private final WriteBufferManager buffers = new WriteBufferManager(UNWRITTEN_BYTES, unwritten);
    private final BloomFilter filter = new BloomFilter(10);
    private final DBOptions database;
    private final ColumnFamilyOptions data = family(DATA_BUFFER_BYTES);
    private final ColumnFamilyOptions undo = family(UNDO_BUFFER_BYTES);

    RocksShared() {
        database = new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // A torn write at the end of the log was never acknowledged; damage anywhere else must not be passed
                // over in silence.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setWriteBufferManager(buffers)
                .setMaxTotalWalSize(WAL_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions data() {
        return data;
    }

    ColumnFamilyOptions undo() {
        return undo;
    }

    @Override
    public void close() {
        List.of(database, data, undo, filter, buffers, unwritten, cache).forEach(RocksObject::close);
    }

    private ColumnFamilyOptions family(long bufferBytes) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(bufferBytes)
                .setArenaBlockSize(ARENA_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(filter));
    }
}
