package virga.services.dynamodb.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Paths of one expression, merged into a tree, each with something to do at its end.
 *
 * @param <A> what is to be done
 */
final class PathTree<A> {
    /** A place in the tree: a leaf with an action, or a branch with either names or indexes below it. */
    static final class Node<A> {
        private final Path madeBy;
        private A action;
        private final Map<String, Node<A>> names = new LinkedHashMap<>();
        private final SortedMap<Integer, Node<A>> indexes = new TreeMap<>();

        private Node(Path madeBy) {
            this.madeBy = madeBy;
        }

        boolean isLeaf() {
            return action != null;
        }

        A action() {
            return action;
        }

        Map<String, Node<A>> names() {
            return names;
        }

        SortedMap<Integer, Node<A>> indexes() {
            return indexes;
        }

        private boolean isBranch() {
            return !names.isEmpty() || !indexes.isEmpty();
        }
    }

    private final Node<A> root = new Node<>(null);
    private final PathClash clash;

    PathTree(PathClash clash) {
        this.clash = clash;
    }

    Node<A> root() {
        return root;
    }

    void add(Path path, A action) {
        Node<A> node = root;
        for (Path.Step step : path.steps()) {
            if (node.isLeaf()) {
                clash.between("overlap", node.madeBy, path);
                return;
            }
            Node<A> parent = node;
            node = switch (step) {
                case Path.Name(String name) -> {
                    if (!parent.indexes.isEmpty()) {
                        clash.between("conflict", parent.madeBy, path);
                    }
                    yield parent.names.computeIfAbsent(name, absent -> new Node<>(path));
                }
                case Path.Index(int index) -> {
                    if (!parent.names.isEmpty()) {
                        clash.between("conflict", parent.madeBy, path);
                    }
                    yield parent.indexes.computeIfAbsent(index, absent -> new Node<>(path));
                }
            };
        }
        if (node.isLeaf() || node.isBranch()) {
            clash.between("overlap", node.madeBy, path);
            return;
        }
        node.action = action;
    }
}
