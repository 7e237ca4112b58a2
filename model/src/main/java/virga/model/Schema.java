package virga.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import virga.kernel.Bug;

/**
 * The shape of a value. Built once, in a constant; structures may refer to each other in circles, so a {@link Member} finds its
 * target when asked.
 */
public final class Schema {
    private final String name;
    private final ShapeType type;
    private final Traits traits;
    private final List<Member> members;
    private final Map<String, Member> byName;
    private final Function<Object[], ? extends Structure> maker;

    private Schema(
            String name,
            ShapeType type,
            Traits traits,
            List<Member> members,
            Function<Object[], ? extends Structure> maker) {
        this.name = name;
        this.type = type;
        this.traits = traits;
        this.maker = maker;
        Map<String, Member> index = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            index.put(members.get(i).name(), members.get(i).at(i));
        }
        this.byName = index;
        this.members = List.copyOf(index.values());
    }

    /** A scalar shape: everything but lists, maps, structures and unions. */
    public static Schema scalar(String name, ShapeType type, Traits traits) {
        return new Schema(name, type, traits, List.of(), null);
    }

    /** A list; its one member is called {@code member}. */
    public static Schema list(String name, Traits traits, Member element) {
        return new Schema(name, ShapeType.LIST, traits, List.of(element), null);
    }

    /** A map; its members are called {@code key} and {@code value}. */
    public static Schema map(String name, Traits traits, Member key, Member value) {
        return new Schema(name, ShapeType.MAP, traits, List.of(key, value), null);
    }

    /** @param maker the generated class's constructor: it takes the array as its own */
    public static Schema structure(
            String name, Traits traits, Function<Object[], ? extends Structure> maker, Member... members) {
        return new Schema(name, ShapeType.STRUCTURE, traits, List.of(members), maker);
    }

    public static Schema union(
            String name, Traits traits, Function<Object[], ? extends Structure> maker, Member... members) {
        return new Schema(name, ShapeType.UNION, traits, List.of(members), maker);
    }

    /** The shape's name in AWS's model: {@code SendMessageRequest}. */
    public String name() {
        return name;
    }

    public ShapeType type() {
        return type;
    }

    public Traits traits() {
        return traits;
    }

    public List<Member> members() {
        return members;
    }

    /** By its name in the model, as in {@code QueueUrl}. */
    public Optional<Member> member(String memberName) {
        return Optional.ofNullable(byName.get(memberName));
    }

    /** The element of a list. */
    public Member element() {
        return members.get(0);
    }

    /** The key of a map. */
    public Member key() {
        return members.get(0);
    }

    /** The value of a map. */
    public Member value() {
        return members.get(1);
    }

    /** A structure or union of this shape with these values, by {@link Member#index}; the array is handed over. */
    public Structure make(Object[] values) {
        return maker.apply(values);
    }

    /**
     * A structure of this shape with what another one has under the names of its members. AWS's models give one thing a shape of its own
     * in each operation that answers it.
     *
     * @throws Bug where a name means something else there
     */
    public Structure like(Structure other) {
        Object[] values = new Object[members.size()];
        for (Member member : members) {
            Member same = other.schema().byName.get(member.name());
            if (same == null || !other.has(same)) {
                continue;
            }
            if (same.target() != member.target()) {
                throw new Bug(member + " of " + other.schema() + " is not the one of " + this);
            }
            values[member.index()] = other.valueOf(same);
        }
        return make(values);
    }

    @Override
    public String toString() {
        return name;
    }
}
