package virga.store.memory;

import java.time.InstantSource;
import virga.store.KeptHistory;
import virga.store.Store;
import virga.store.StoreContract;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store newStore(int commits) {
        return new MemoryStore(KeptHistory.DEFAULT.withCommits(commits), InstantSource.system());
    }
}
