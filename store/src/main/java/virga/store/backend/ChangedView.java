package virga.store.backend;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading.Direction;
import virga.store.Reading.Entry;

/** A state with changes laid over it: what a transaction sees of its own writes, and what a fork is. */
public record ChangedView(PersistentTree<Slot> changes, View base) implements View {
    @Override
    public Optional<Bytes> get(Key key) {
        Optional<Slot> changed = changes.get(key);
        return changed.isPresent() ? changed.get().value() : base.get(key);
    }

    @Override
    public Cursor cursor(KeyRange range, Direction direction) {
        Iterator<PersistentTree.Node<Slot>> changed = changes.walk(range, direction);
        Cursor unchanged = base.cursor(range, direction);
        return changed.hasNext() ? new Merge(changed, unchanged, direction) : unchanged;
    }

    /** Walks both at once; at a key that both have, the change counts. */
    private static final class Merge implements Cursor {
        private final Iterator<PersistentTree.Node<Slot>> changed;
        private final Cursor unchanged;
        private final int sign;
        private PersistentTree.Node<Slot> nextChanged;
        private Entry nextUnchanged;
        private Entry ready;

        Merge(Iterator<PersistentTree.Node<Slot>> changed, Cursor unchanged, Direction direction) {
            this.changed = changed;
            this.unchanged = unchanged;
            this.sign = direction == Direction.FORWARD ? 1 : -1;
        }

        @Override
        public boolean hasNext() {
            while (ready == null) {
                if (nextChanged == null && changed.hasNext()) {
                    nextChanged = changed.next();
                }
                if (nextUnchanged == null && unchanged.hasNext()) {
                    nextUnchanged = unchanged.next();
                }
                if (nextChanged == null && nextUnchanged == null) {
                    return false;
                }
                step();
            }
            return true;
        }

        private void step() {
            int order = order();
            if (order > 0) {
                ready = nextUnchanged;
                nextUnchanged = null;
                return;
            }
            if (nextChanged.value() instanceof Slot.Held(Bytes content)) {
                ready = new Entry(nextChanged.key(), content);
            }
            nextChanged = null;
            if (order == 0) {
                nextUnchanged = null;
            }
        }

        private int order() {
            if (nextChanged == null || nextUnchanged == null) {
                return nextChanged == null ? 1 : -1;
            }
            return sign * nextChanged.key().compareTo(nextUnchanged.key());
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry entry = ready;
            ready = null;
            return entry;
        }

        @Override
        public void close() {
            unchanged.close();
        }
    }
}
