package virga.model;

import java.util.function.Supplier;

/** A member of a structure, list or map: its name, where it stands, what it targets, and its traits merged over the target's. */
public final class Member {
    private final String name;
    private final int index;
    private final Supplier<Schema> target;
    private final Traits own;
    private Traits merged;

    private Member(String name, int index, Supplier<Schema> target, Traits own) {
        this.name = name;
        this.index = index;
        this.target = target;
        this.own = own;
    }

    public static Member of(String name, Supplier<Schema> target, Traits traits) {
        return new Member(name, -1, target, traits);
    }

    Member at(int place) {
        return new Member(name, place, target, own);
    }

    /** The name in AWS's model: {@code QueueUrl}. The name on the wire may differ: see {@link Traits#locationName}. */
    public String name() {
        return name;
    }

    /** The place of this member's value in its structure. */
    public int index() {
        return index;
    }

    public Schema target() {
        return target.get();
    }

    public ShapeType type() {
        return target().type();
    }

    /** This member's own traits, and the target's where the member has none. */
    public Traits traits() {
        Traits known = merged;
        if (known == null) {
            known = own.over(target().traits());
            merged = known;
        }
        return known;
    }

    /** The name on the wire: {@link Traits#locationName} or the member's own. */
    public String wireName() {
        return own.locationName().isEmpty() ? name : own.locationName();
    }

    @Override
    public String toString() {
        return name;
    }
}
