package virga.store.rocksdb;

import java.util.function.Function;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;
import virga.store.backend.FrozenState;
import virga.store.backend.Usage;
import virga.store.backend.View;

/** The state of a store at one moment, held for a fork. */
final class RocksSnapshot implements FrozenState {
    private final RocksStore store;
    private final Snapshot snapshot;
    private final Usage usage = new Usage("the snapshot under a fork");

    RocksSnapshot(RocksStore store, Snapshot snapshot) {
        this.store = store;
        this.snapshot = snapshot;
    }

    @Override
    public <T> T read(Function<View, T> body) {
        return store.during(() -> usage.during(() -> {
            try (RocksView view = store.view(snapshot)) {
                return body.apply(view);
            }
        }));
    }

    /** Options that read at this snapshot; to be closed. */
    ReadOptions options() {
        return new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public void close() {
        usage.close(() -> store.forget(this));
    }
}
