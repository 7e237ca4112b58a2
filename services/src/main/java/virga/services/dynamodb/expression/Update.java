package virga.services.dynamodb.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Value;

/**
 * A change to one item. Every value it needs is taken from the item as it was, and places in lists are those that the elements had
 * before. Source: "Update expressions", Developer Guide.
 */
public final class Update {
    /** An update that changes nothing but makes the item where there is none. */
    public static final Update NONE = new Update(List.of(), new PathTree<>(PathClash.IGNORED));

    private final List<Path> paths;
    private final PathTree<UpdateAction> tree;

    Update(List<Path> paths, PathTree<UpdateAction> tree) {
        this.paths = List.copyOf(paths);
        this.tree = tree;
    }

    /** @throws Fault ValidationException where {@code text} is no update expression */
    public static Update parse(String text, Placeholders placeholders) {
        return new UpdateParser(new TokenReader(ExpressionKind.UPDATE, text, placeholders)).parse();
    }

    /** The paths that it writes to, in the order in which they stand. */
    public List<Path> paths() {
        return paths;
    }

    /** The item after the update. @throws Fault ValidationException where the update does not fit the item */
    public Item applyTo(Item before) {
        Map<String, Value> after = new LinkedHashMap<>(before.attributes());
        tree.root().names().forEach((name, node) -> set(after, name, changed(node, before.get(name), before)));
        return new Item(after);
    }

    private static Optional<Value> changed(PathTree.Node<UpdateAction> node, Optional<Value> current, Item before) {
        if (node.isLeaf()) {
            return node.action().on(current, before);
        }
        Value present = current.orElseThrow(Update::noSuchPath);
        if (present instanceof Value.M(Map<String, Value> entries)
                && !node.names().isEmpty()) {
            Map<String, Value> after = new LinkedHashMap<>(entries);
            node.names()
                    .forEach((name, below) ->
                            set(after, name, changed(below, Optional.ofNullable(entries.get(name)), before)));
            return Optional.of(new Value.M(after));
        }
        if (present instanceof Value.L(List<Value> elements) && !node.indexes().isEmpty()) {
            List<Value> after = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                Optional<Value> element = Optional.of(elements.get(i));
                PathTree.Node<UpdateAction> below = node.indexes().get(i);
                (below == null ? element : changed(below, element, before)).ifPresent(after::add);
            }
            // What is set beyond the end is appended, without gaps, in the order of the places.
            node.indexes()
                    .tailMap(elements.size())
                    .values()
                    .forEach(below -> changed(below, Optional.empty(), before).ifPresent(after::add));
            return Optional.of(new Value.L(after));
        }
        throw noSuchPath();
    }

    private static void set(Map<String, Value> entries, String name, Optional<Value> value) {
        value.ifPresentOrElse(present -> entries.put(name, present), () -> entries.remove(name));
    }

    private static Fault noSuchPath() {
        return ExpressionKind.plain("The document path provided in the update expression is invalid for update");
    }
}
