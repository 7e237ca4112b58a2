package virga.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base of generated builders: member values on their way into a {@link Structure}. A setter given {@code null} leaves its member
 * unset; lists and maps are copied and keep their order.
 */
public abstract class StructureBuilder {
    private final Object[] values;

    /** @param values by {@link Member#index}, {@code null} where unset; the array is handed over */
    protected StructureBuilder(Object[] values) {
        this.values = values;
    }

    protected final void set(int index, Object value) {
        values[index] = value;
    }

    protected final void setList(int index, List<?> value) {
        // Not List.copyOf: an element of a sparse list is null.
        values[index] = value == null ? null : Collections.unmodifiableList(new ArrayList<>(value));
    }

    protected final void setMap(int index, Map<String, ?> value) {
        // Not Map.copyOf: it forgets the order.
        values[index] = value == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }

    /** The values so far, as an array of the caller's own: one builder may build more than one structure. */
    protected final Object[] values() {
        return values.clone();
    }
}
