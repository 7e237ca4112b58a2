package virga.store.memory;

import virga.store.Stores;
import virga.store.StoresContract;

class MemoryStoresTest extends StoresContract {
    @Override
    protected Stores newStores() {
        return new MemoryStores();
    }
}
