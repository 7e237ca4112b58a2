package virga.store.backend;

import java.util.Iterator;
import java.util.Optional;
import virga.kernel.Bytes;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading.Direction;
import virga.store.Reading.Entry;

/** A state that does not change while it is looked at. */
public interface View {
    Optional<Bytes> get(Key key);

    /** The entries of {@code range}, read as the cursor moves. A range that ends before it begins is empty. */
    Cursor cursor(KeyRange range, Direction direction);

    /** The state that holds nothing. */
    static View empty() {
        return of(PersistentTree.empty());
    }

    /** A state that is all in memory. */
    static View of(PersistentTree<Bytes> tree) {
        return new View() {
            @Override
            public Optional<Bytes> get(Key key) {
                return tree.get(key);
            }

            @Override
            public Cursor cursor(KeyRange range, Direction direction) {
                Iterator<PersistentTree.Node<Bytes>> nodes = tree.walk(range, direction);
                return new Cursor() {
                    @Override
                    public boolean hasNext() {
                        return nodes.hasNext();
                    }

                    @Override
                    public Entry next() {
                        PersistentTree.Node<Bytes> node = nodes.next();
                        return new Entry(node.key(), node.value());
                    }

                    @Override
                    public void close() {
                        // Holds nothing but memory.
                    }
                };
            }
        };
    }
}
