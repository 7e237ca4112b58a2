package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Value;

/** Parts of items, by path. Source: "Projection expressions", Developer Guide. */
public final class Projection {
    private final List<Path> paths;
    private final PathTree<Boolean> tree;

    private Projection(List<Path> paths, PathTree<Boolean> tree) {
        this.paths = List.copyOf(paths);
        this.tree = tree;
    }

    /** @throws virga.kernel.Fault ValidationException where {@code text} is no projection or its paths overlap */
    public static Projection parse(String text, Placeholders placeholders) {
        TokenReader reader = new TokenReader(ExpressionKind.PROJECTION, text, placeholders);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(reader.path());
        } while (reader.accept(","));
        PathTree<Boolean> tree = new PathTree<>(PathClash.reportedTo(reader));
        paths.forEach(path -> tree.add(path, true));
        reader.finish();
        return new Projection(paths, tree);
    }

    /** The parts at {@code paths}, which do not overlap. */
    public static Projection of(List<Path> paths) {
        PathTree<Boolean> tree = new PathTree<>(PathClash.IGNORED);
        paths.forEach(path -> tree.add(path, true));
        return new Projection(paths, tree);
    }

    public List<Path> paths() {
        return paths;
    }

    /** What {@code item} has of the parts; list elements move together, in their order. */
    public Item of(Item item) {
        Map<String, Value> kept = new LinkedHashMap<>();
        tree.root()
                .names()
                .forEach((name, node) ->
                        item.get(name).flatMap(value -> part(node, value)).ifPresent(value -> kept.put(name, value)));
        return new Item(kept);
    }

    private static Optional<Value> part(PathTree.Node<Boolean> node, Value value) {
        if (node.isLeaf()) {
            return Optional.of(value);
        }
        if (value instanceof Value.M(Map<String, Value> entries)) {
            Map<String, Value> kept = new LinkedHashMap<>();
            node.names()
                    .forEach((name, below) -> Optional.ofNullable(entries.get(name))
                            .flatMap(entry -> part(below, entry))
                            .ifPresent(entry -> kept.put(name, entry)));
            return kept.isEmpty() ? Optional.empty() : Optional.of(new Value.M(kept));
        }
        if (value instanceof Value.L(List<Value> elements)) {
            List<Value> kept = new ArrayList<>();
            node.indexes()
                    .headMap(elements.size())
                    .forEach((index, below) -> part(below, elements.get(index)).ifPresent(kept::add));
            return kept.isEmpty() ? Optional.empty() : Optional.of(new Value.L(kept));
        }
        return Optional.empty();
    }
}
