package virga.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.store.KeptHistory;
import virga.store.Store;
import virga.store.StoreFailure;
import virga.store.Stores;

/** Named stores in memory. A closed one keeps its state until it is opened again or deleted; all end with the process. */
public final class MemoryStores implements Stores {
    private final KeptHistory history;
    private final InstantSource time;
    private final Map<String, MemoryStore> stores = new TreeMap<>();

    /** Keeps the default number of commits, however old. */
    public MemoryStores() {
        this(KeptHistory.DEFAULT, InstantSource.fixed(Instant.EPOCH));
    }

    /** @param time what the age of history goes by */
    public MemoryStores(KeptHistory history, InstantSource time) {
        this.history = history;
        this.time = time;
    }

    @Override
    public synchronized Store open(String name) {
        return stores.merge(
                name,
                new MemoryStore(history, time),
                (known, unused) -> known.isClosed() ? new MemoryStore(known.versions()) : known);
    }

    @Override
    public synchronized Store forkTo(String from, String to) {
        MemoryStore source = stores.get(from);
        if (source == null) {
            throw new StoreFailure("there is no store named " + from);
        }
        if (stores.containsKey(to)) {
            throw new StoreFailure("there is a store named " + to + " already");
        }
        MemoryStore copy = new MemoryStore(source.versionsFromNow());
        stores.put(to, copy);
        return copy;
    }

    @Override
    public synchronized void delete(String name) {
        MemoryStore store = stores.remove(name);
        if (store != null) {
            store.close();
        }
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(stores.keySet());
    }

    @Override
    public synchronized void close() {
        stores.values().forEach(MemoryStore::close);
    }
}
