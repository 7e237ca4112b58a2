package virga.store.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Store;

/** Who wants to know of which changes. */
final class Watchers {
    private final List<Watcher> all = new CopyOnWriteArrayList<>();

    /** Compared by identity: two equal wishes are two. */
    private static final class Watcher {
        private final KeyRange range;
        private final Consumer<Key> action;

        Watcher(KeyRange range, Consumer<Key> action) {
            this.range = range;
            this.action = action;
        }
    }

    Store.Watch add(KeyRange range, Consumer<Key> action) {
        Watcher watcher = new Watcher(range, action);
        all.add(watcher);
        return () -> all.remove(watcher);
    }

    void tell(List<Effect> effects) {
        for (Watcher watcher : all) {
            for (Effect effect : effects) {
                if (watcher.range.contains(effect.key())) {
                    watcher.action.accept(effect.key());
                }
            }
        }
    }
}
