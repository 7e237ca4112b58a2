package virga.services.dynamodb.item;

import java.util.List;
import java.util.Optional;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/** The partition key of a table or index and, where there is one, its sort key. */
public record KeySchema(List<KeyAttribute> attributes) {
    public KeySchema {
        attributes = List.copyOf(attributes);
        if (attributes.isEmpty() || attributes.size() > 2) {
            throw new Bug("a key has one or two attributes, not " + attributes.size());
        }
    }

    public KeyAttribute hash() {
        return attributes.getFirst();
    }

    public Optional<KeyAttribute> sort() {
        return attributes.size() == 2 ? Optional.of(attributes.getLast()) : Optional.empty();
    }

    public List<String> names() {
        return attributes.stream().map(KeyAttribute::name).toList();
    }

    public boolean has(String name) {
        return names().contains(name);
    }

    /** The partition key of an item that has one. */
    public Bytes hashOf(Item item) {
        return KeyBytes.of(item.attributes().get(hash().name()));
    }

    /** The sort key of an item that has one; empty bytes where the schema has none. */
    public Bytes sortOf(Item item) {
        return sort().map(key -> KeyBytes.of(item.attributes().get(key.name()))).orElse(Bytes.EMPTY);
    }

    /** Whether {@code item} has every attribute of this key, with the right type: an index holds only those items. */
    public boolean fits(Item item) {
        return attributes.stream()
                .allMatch(key -> item.get(key.name())
                        .map(value -> value.type() == key.type())
                        .orElse(false));
    }
}
