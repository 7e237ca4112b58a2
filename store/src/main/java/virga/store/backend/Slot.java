package virga.store.backend;

import java.util.Optional;
import virga.kernel.Bytes;

/** What is at a key: a value, or nothing. In a set of changes, "nothing" is a fact of its own: the key was deleted. */
public sealed interface Slot {
    /** A value is there. */
    record Held(Bytes content) implements Slot {}

    /** Nothing is there. */
    enum Vacant implements Slot {
        VACANT
    }

    static Slot of(Optional<Bytes> value) {
        return value.<Slot>map(Held::new).orElse(Vacant.VACANT);
    }

    default Optional<Bytes> value() {
        return switch (this) {
            case Held held -> Optional.of(held.content());
            case Vacant vacant -> Optional.empty();
        };
    }

    default boolean isHeld() {
        return this instanceof Held;
    }
}
