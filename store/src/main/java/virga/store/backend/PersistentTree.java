package virga.store.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading.Direction;

/**
 * An immutable ordered map: an AVL tree that copies the path to what it changes and shares the rest, so that every version stays
 * readable without a lock and costs memory only for what is new. Changes, lookups and the removal of a whole range take O(log n).
 *
 * <p>Ranges are cut by splitting and joining. Source: Blelloch, Ferizovic, Sun, "Just Join for Parallel Ordered Sets", 2016.
 */
public final class PersistentTree<V> {
    private static final PersistentTree<?> EMPTY = new PersistentTree<>(null);

    private final Node<V> root;

    /** One entry, and the root of the subtree below it. */
    public static final class Node<V> {
        private final Key key;
        private final V value;
        private final Node<V> left;
        private final Node<V> right;
        private final int height;

        private Node(Key key, V value, Node<V> left, Node<V> right) {
            this.key = key;
            this.value = value;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(heightOf(left), heightOf(right));
        }

        public Key key() {
            return key;
        }

        public V value() {
            return value;
        }
    }

    private PersistentTree(Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // The empty tree holds no value of any type.
    public static <V> PersistentTree<V> empty() {
        return (PersistentTree<V>) EMPTY;
    }

    public boolean isEmpty() {
        return root == null;
    }

    public Optional<V> get(Key key) {
        Node<V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** This tree with {@code value} at {@code key}. */
    public PersistentTree<V> with(Key key, V value) {
        return new PersistentTree<>(insert(root, key, value));
    }

    /** This tree without {@code key}; this very tree where it does not hold it. */
    public PersistentTree<V> without(Key key) {
        return get(key).isEmpty() ? this : of(remove(root, key));
    }

    /** This tree without the keys of {@code range}; this very tree where it holds none. */
    public PersistentTree<V> without(KeyRange range) {
        return walk(range, Direction.FORWARD).hasNext()
                ? of(concatenate(below(root, range.from()), from(root, range.to())))
                : this;
    }

    /** The entries of {@code range} in the given direction. */
    public Iterator<Node<V>> walk(KeyRange range, Direction direction) {
        return direction == Direction.FORWARD ? new Ascent<>(root, range) : new Descent<>(root, range);
    }

    /** All entries in key order. */
    public Iterator<Node<V>> walk() {
        return new Ascent<>(root, null);
    }

    /** The number of steps from the root to the deepest entry. */
    int height() {
        return heightOf(root);
    }

    /** Whether order and balance hold everywhere: for tests. */
    boolean isSound() {
        return isSound(root, null, null);
    }

    private static <V> boolean isSound(Node<V> node, Key above, Key below) {
        return node == null
                || (above == null || node.key.compareTo(above) > 0)
                        && (below == null || node.key.compareTo(below) < 0)
                        && Math.abs(heightOf(node.left) - heightOf(node.right)) <= 1
                        && node.height == 1 + Math.max(heightOf(node.left), heightOf(node.right))
                        && isSound(node.left, above, node.key)
                        && isSound(node.right, node.key, below);
    }

    private static <V> PersistentTree<V> of(Node<V> root) {
        return root == null ? empty() : new PersistentTree<>(root);
    }

    private static int heightOf(Node<?> node) {
        return node == null ? 0 : node.height;
    }

    private static <V> Node<V> insert(Node<V> node, Key key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right);
        }
        return order < 0
                ? balanced(node, insert(node.left, key, value), node.right)
                : balanced(node, node.left, insert(node.right, key, value));
    }

    private static <V> Node<V> remove(Node<V> node, Key key) {
        int order = key.compareTo(node.key);
        if (order == 0) {
            return concatenateNeighbours(node.left, node.right);
        }
        return order < 0
                ? balanced(node, remove(node.left, key), node.right)
                : balanced(node, node.left, remove(node.right, key));
    }

    /** Joins subtrees whose heights differ by one at most. */
    private static <V> Node<V> concatenateNeighbours(Node<V> left, Node<V> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return balanced(lowest(right), left, withoutLowest(right));
    }

    private static <V> Node<V> lowest(Node<V> node) {
        Node<V> lowest = node;
        while (lowest.left != null) {
            lowest = lowest.left;
        }
        return lowest;
    }

    private static <V> Node<V> withoutLowest(Node<V> node) {
        return node.left == null ? node.right : balanced(node, withoutLowest(node.left), node.right);
    }

    /** {@code middle}'s entry between two subtrees whose heights differ by two at most. */
    private static <V> Node<V> balanced(Node<V> middle, Node<V> left, Node<V> right) {
        int slope = heightOf(left) - heightOf(right);
        if (slope > 1) {
            return heightOf(left.left) >= heightOf(left.right)
                    ? node(left, left.left, node(middle, left.right, right))
                    : node(left.right, node(left, left.left, left.right.left), node(middle, left.right.right, right));
        } else if (slope < -1) {
            return heightOf(right.right) >= heightOf(right.left)
                    ? node(right, node(middle, left, right.left), right.right)
                    : node(right.left, node(middle, left, right.left.left), node(right, right.left.right, right.right));
        }
        return node(middle, left, right);
    }

    private static <V> Node<V> node(Node<V> entry, Node<V> left, Node<V> right) {
        return new Node<>(entry.key, entry.value, left, right);
    }

    /** {@code middle}'s entry between two subtrees of any heights. */
    private static <V> Node<V> join(Node<V> left, Node<V> middle, Node<V> right) {
        int slope = heightOf(left) - heightOf(right);
        if (slope > 1) {
            return balanced(left, left.left, join(left.right, middle, right));
        } else if (slope < -1) {
            return balanced(right, join(left, middle, right.left), right.right);
        }
        return node(middle, left, right);
    }

    private static <V> Node<V> concatenate(Node<V> left, Node<V> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return join(left, lowest(right), withoutLowest(right));
    }

    private static <V> Node<V> below(Node<V> node, Key bound) {
        if (node == null) {
            return null;
        }
        return node.key.compareTo(bound) >= 0
                ? below(node.left, bound)
                : join(node.left, node, below(node.right, bound));
    }

    private static <V> Node<V> from(Node<V> node, Key bound) {
        if (node == null) {
            return null;
        }
        return node.key.compareTo(bound) < 0 ? from(node.right, bound) : join(from(node.left, bound), node, node.right);
    }

    private static final class Ascent<V> implements Iterator<Node<V>> {
        private final Deque<Node<V>> path = new ArrayDeque<>();
        private final KeyRange range;

        Ascent(Node<V> root, KeyRange range) {
            this.range = range;
            Node<V> node = root;
            while (node != null) {
                if (range == null || node.key.compareTo(range.from()) >= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty() && (range == null || path.peek().key.compareTo(range.to()) < 0);
        }

        @Override
        public Node<V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node<V> current = path.pop();
            for (Node<V> node = current.right; node != null; node = node.left) {
                path.push(node);
            }
            return current;
        }
    }

    private static final class Descent<V> implements Iterator<Node<V>> {
        private final Deque<Node<V>> path = new ArrayDeque<>();
        private final KeyRange range;

        Descent(Node<V> root, KeyRange range) {
            this.range = range;
            Node<V> node = root;
            while (node != null) {
                if (node.key.compareTo(range.to()) < 0) {
                    path.push(node);
                    node = node.right;
                } else {
                    node = node.left;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty() && path.peek().key.compareTo(range.from()) >= 0;
        }

        @Override
        public Node<V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node<V> current = path.pop();
            for (Node<V> node = current.left; node != null; node = node.right) {
                path.push(node);
            }
            return current;
        }
    }
}
