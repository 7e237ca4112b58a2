package virga.store.rocksdb;

import java.time.InstantSource;
import virga.store.KeptHistory;

/**
 * How stores on disk are kept.
 *
 * @param time what the age of history goes by
 */
public record RocksSettings(Durability durability, KeptHistory history, InstantSource time) {
    /** Commits survive the process; history as {@link KeptHistory#DEFAULT}. */
    public static RocksSettings defaults(InstantSource time) {
        return new RocksSettings(Durability.PROCESS_KILL, KeptHistory.DEFAULT, time);
    }

    public RocksSettings withDurability(Durability other) {
        return new RocksSettings(other, history, time);
    }

    public RocksSettings withHistory(KeptHistory other) {
        return new RocksSettings(durability, other, time);
    }
}
