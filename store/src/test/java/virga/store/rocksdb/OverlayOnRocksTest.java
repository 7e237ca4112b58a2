package virga.store.rocksdb;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import virga.store.KeptHistory;
import virga.store.Store;
import virga.store.StoreContract;

/** The contract on a fork of a store on disk that held rows, and at an earlier commit none: undo and deletions lie under it all. */
class OverlayOnRocksTest extends StoreContract {
    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    Path directory;

    @Override
    protected Store newStore(int commits) {
        RocksSettings settings =
                RocksSettings.defaults(InstantSource.system()).withHistory(KeptHistory.DEFAULT.withCommits(commits));
        RocksStores stores = owned(new RocksStores(directory.resolve("root" + made.incrementAndGet()), settings));
        Store store = stores.open("source");
        store.<Void>transact(tx -> {
            for (long n = 0; n < 40; n += 3) {
                tx.put(row(n), value("was here"));
            }
            return null;
        });
        store.<Void>transact(tx -> {
            tx.delete(ROW.range());
            return null;
        });
        long empty = store.sequence();
        store.<Void>transact(tx -> {
            for (long n = 0; n < 40; n += 2) {
                tx.put(row(n), value("came later"));
            }
            return null;
        });
        return store.forkAt(empty);
    }
}
