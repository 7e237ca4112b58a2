package virga.store.overlay;

import java.time.InstantSource;
import java.util.function.Function;
import virga.store.KeptHistory;
import virga.store.Store;
import virga.store.StoreContract;
import virga.store.backend.FrozenState;
import virga.store.backend.PersistentTree;
import virga.store.backend.View;

class OverlayOnMemoryTest extends StoreContract {
    @Override
    protected Store newStore(int commits) {
        FrozenState nothing = new FrozenState() {
            @Override
            public <T> T read(Function<View, T> body) {
                return body.apply(View.empty());
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
        KeptHistory history = KeptHistory.DEFAULT.withCommits(commits);
        return new OverlayStore(nothing, PersistentTree.empty(), 0, history, InstantSource.system());
    }
}
