package virga.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Bug;

/**
 * A value of a structure or union shape: an array of member values in the order of its schema, {@code null} where a member is not set.
 * Generated classes add named accessors. Immutable: whoever hands the array over keeps no hold of it.
 */
public abstract class Structure {
    private final Object[] values;

    protected Structure(Object[] values) {
        this.values = values;
    }

    public abstract Schema schema();

    /** Whether the member is set. */
    public final boolean has(Member member) {
        return values[member.index()] != null;
    }

    /** The member's value, or {@code null} where it is not set: for protocols and codecs, which go by the schema. */
    public final Object valueOf(Member member) {
        return values[member.index()];
    }

    /** By its name in the model; empty where it is not set. @throws IllegalArgumentException where there is no such member */
    public final Optional<Object> get(String memberName) {
        Member member = schema().member(memberName)
                .orElseThrow(() -> new IllegalArgumentException(schema().name() + " has no member " + memberName));
        return Optional.ofNullable(values[member.index()]);
    }

    /** A copy of the member array, for a changed copy. */
    protected final Object[] copyOfValues() {
        return values.clone();
    }

    protected final boolean isSet(int index) {
        return values[index] != null;
    }

    @SuppressWarnings("unchecked") // The schema guarantees the type; only generated accessors call this.
    protected final <T> T value(int index) {
        return (T) values[index];
    }

    /** Of a member that the model requires: validation lets no input without it pass. @throws Bug where it is not set */
    protected final <T> T required(int index) {
        T value = value(index);
        if (value == null) {
            throw new Bug(schema() + " was made without its required "
                    + schema().members().get(index));
        }
        return value;
    }

    protected final <T> Optional<T> optional(int index) {
        return Optional.ofNullable(value(index));
    }

    protected final <T> List<T> list(int index) {
        List<T> list = value(index);
        return list == null ? List.of() : list;
    }

    protected final <T> Map<String, T> map(int index) {
        Map<String, T> map = value(index);
        return map == null ? Map.of() : map;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Structure structure
                && structure.schema() == schema()
                && java.util.Arrays.deepEquals(values, structure.values);
    }

    @Override
    public final int hashCode() {
        return java.util.Arrays.deepHashCode(values);
    }

    /** For people; sensitive members are not shown. */
    @Override
    public final String toString() {
        List<String> shown = new ArrayList<>();
        for (Member member : schema().members()) {
            if (has(member)) {
                shown.add(member.name() + "=" + (member.traits().sensitive() ? "***" : valueOf(member)));
            }
        }
        return schema().name() + "[" + String.join(", ", shown) + "]";
    }
}
