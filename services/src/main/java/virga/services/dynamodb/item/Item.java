package virga.services.dynamodb.item;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Named attributes; also a primary key, where it holds only the key's attributes. */
public record Item(Map<String, Value> attributes) {
    public static final Item EMPTY = new Item(Map.of());

    public Item {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    public Optional<Value> get(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** This item with {@code name} set. */
    public Item with(String name, Value value) {
        Map<String, Value> changed = new LinkedHashMap<>(attributes);
        changed.put(name, value);
        return new Item(changed);
    }

    /** The attributes called {@code names} that this item has. */
    public Item only(Iterable<String> names) {
        Map<String, Value> kept = new LinkedHashMap<>();
        for (String name : names) {
            Value value = attributes.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new Item(kept);
    }

    /** The size that AWS counts, in bytes: see {@link Sizes}. */
    public long size() {
        return Sizes.of(this);
    }
}
