package virga.store.backend;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Transaction;

/** A transaction that is under way: its changes, laid over the state that it began on. */
final class Draft implements Transaction {
    private final View base;
    private final Session reads;
    private PersistentTree<Slot> changes = PersistentTree.empty();

    Draft(View base) {
        this.base = base;
        this.reads = new Session(() -> changes.isEmpty() ? base : new ChangedView(changes, base));
    }

    @Override
    public Optional<Bytes> get(Key key) {
        return reads.get(key);
    }

    @Override
    public Stream<Entry> scan(KeyRange range, Direction direction) {
        return reads.scan(range, direction);
    }

    @Override
    public void put(Key key, Bytes value) {
        reads.check();
        changes = changes.with(key, new Slot.Held(value));
    }

    @Override
    public void delete(Key key) {
        reads.check();
        changes = changes.with(key, Slot.Vacant.VACANT);
    }

    @Override
    public void delete(KeyRange range) {
        reads.check();
        try (Cursor doomed = new ChangedView(changes, base).cursor(range, Direction.FORWARD)) {
            doomed.forEachRemaining(entry -> delete(entry.key()));
        }
    }

    void end() {
        reads.end();
    }

    /** What this transaction changes; a key that ends as it began is not among it. */
    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        Iterator<PersistentTree.Node<Slot>> changed = changes.walk();
        while (changed.hasNext()) {
            PersistentTree.Node<Slot> change = changed.next();
            Slot before = Slot.of(base.get(change.key()));
            if (!before.equals(change.value())) {
                effects.add(new Effect(change.key(), before, change.value()));
            }
        }
        return effects;
    }
}
