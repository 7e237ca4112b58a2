package virga.simulator;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.simulator.schedule.Simulation;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.Store;
import virga.store.Stores;
import virga.store.Transaction;

/** Stores at which every thread gives way, before and after each use: that is where threads of a real cloud overtake each other. */
final class SteppingStores implements Stores {
    private final Stores stores;
    private final Runnable committed;

    /** @param committed told after each transaction, on the thread that made it */
    SteppingStores(Stores stores, Runnable committed) {
        this.stores = stores;
        this.committed = committed;
    }

    @Override
    public Store open(String name) {
        return new SteppingStore(stores.open(name));
    }

    @Override
    public Store forkTo(String from, String to) {
        return new SteppingStore(stores.forkTo(from, to));
    }

    @Override
    public void delete(String name) {
        stores.delete(name);
    }

    @Override
    public List<String> names() {
        return stores.names();
    }

    @Override
    public void close() {
        stores.close();
    }

    private final class SteppingStore implements Store {
        private final Store store;

        SteppingStore(Store store) {
            this.store = store;
        }

        @Override
        public <T> T transact(Function<? super Transaction, T> body) {
            Simulation.giveWay();
            T result = store.transact(body);
            committed.run();
            Simulation.giveWay();
            return result;
        }

        @Override
        public <T> T read(Function<? super Reading, T> body) {
            Simulation.giveWay();
            return store.read(body);
        }

        @Override
        public long sequence() {
            return store.sequence();
        }

        @Override
        public Store forkAt(long sequence) {
            return new SteppingStore(store.forkAt(sequence));
        }

        @Override
        public Store fork() {
            return new SteppingStore(store.fork());
        }

        @Override
        public Watch watch(KeyRange range, Consumer<Key> watcher) {
            return store.watch(range, watcher);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
