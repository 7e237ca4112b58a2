package virga.services.dynamodb.expression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.services.dynamodb.item.Item;
import virga.services.dynamodb.item.Value;

/** A document path: an attribute's name, then names of map entries and places in lists. */
public record Path(List<Step> steps) {
    /** One step down a document. */
    public sealed interface Step {}

    /** Into a map. */
    public record Name(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Into a list, from 0. */
    public record Index(int index) implements Step {
        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    public Path {
        steps = List.copyOf(steps);
    }

    /** The path of a top-level attribute; {@code name} may hold any character. */
    public static Path of(String name) {
        return new Path(List.of(new Name(name)));
    }

    /** The attribute of the item that this path begins with. */
    public String attribute() {
        return ((Name) steps.getFirst()).name();
    }

    public boolean isTopLevel() {
        return steps.size() == 1;
    }

    /** What stands at this path; empty where any step leads nowhere. */
    public Optional<Value> in(Item item) {
        Optional<Value> found = item.get(attribute());
        for (Step step : steps.subList(1, steps.size())) {
            found = found.flatMap(value -> below(value, step));
        }
        return found;
    }

    private static Optional<Value> below(Value value, Step step) {
        if (step instanceof Name(String name) && value instanceof Value.M(Map<String, Value> entries)) {
            return Optional.ofNullable(entries.get(name));
        }
        if (step instanceof Index(int index) && value instanceof Value.L(List<Value> elements)) {
            return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** As AWS's errors show a path: {@code [orders, [0], total]}. */
    @Override
    public String toString() {
        return steps.toString();
    }
}
