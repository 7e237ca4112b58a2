package virga.protocol.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.kernel.Fault;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ServiceModel;
import virga.model.ShapeType;
import virga.model.Structure;
import virga.model.Traits;
import virga.protocol.constraint.Violation.Kind;

/** Walks an input and finds what its model does not allow. */
public final class Constraints {
    private final List<Violation> found = new ArrayList<>();

    private Constraints() {}

    /** @throws Fault as {@code policy} says, where {@code input} breaks a constraint that counts */
    public static void check(Structure input, ServiceModel.Protocol protocol, ConstraintPolicy policy) {
        List<Violation> violations = violations(input);
        if (!violations.isEmpty()) {
            List<Violation> counted = violations.stream().filter(policy::counts).toList();
            if (!counted.isEmpty()) {
                throw policy.refuse(counted, protocol);
            }
        }
    }

    /** Every violation, in the order of the model. */
    public static List<Violation> violations(Structure input) {
        Constraints walk = new Constraints();
        walk.structure("", input);
        return walk.found;
    }

    private void structure(String prefix, Structure structure) {
        for (Member member : structure.schema().members()) {
            Object value = structure.valueOf(member);
            if (value != null) {
                value(prefix, member.name(), member, value);
            } else if (member.traits().required()) {
                found.add(new Violation(
                        Kind.NULL, path(prefix, member.name()), member, "null", "Member must not be null"));
            }
        }
    }

    private void value(String prefix, String name, Member member, Object value) {
        Traits traits = member.traits();
        if (Rules.any(traits)) {
            for (Rules.Broken broken : Rules.broken(member.type(), traits, value)) {
                String shown = traits.sensitive() ? "" : "'" + shown(value) + "'";
                found.add(new Violation(broken.kind(), path(prefix, name), member, shown, broken.rule()));
            }
        }
        switch (value) {
            case Structure inner -> structure(path(prefix, name) + ".", inner);
            case List<?> list -> list(path(prefix, name), member, list);
            case Map<?, ?> map -> map(path(prefix, name), member, map);
            default -> {
                // A scalar has nothing inside.
            }
        }
    }

    private void list(String path, Member member, List<?> list) {
        Member element = member.target().element();
        if (isNested(element.target())) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) != null) {
                    value(path + "." + (i + 1) + ".", "member", element, list.get(i));
                }
            }
        } else if (Rules.any(element.traits())) {
            elements(path, member, element, list, list, "Member must satisfy constraint: ");
        }
    }

    private void map(String path, Member member, Map<?, ?> map) {
        Member key = member.target().key();
        Member value = member.target().value();
        if (Rules.any(key.traits())) {
            elements(path, member, key, map.keySet(), map, "Map keys must satisfy constraint: ");
        }
        if (isNested(value.target())) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (entry.getValue() != null) {
                    value(path + "." + entry.getKey() + ".", "member", value, entry.getValue());
                }
            }
        } else if (Rules.any(value.traits())) {
            elements(path, member, value, map.values(), map, "Map value must satisfy constraint: ");
        }
    }

    /** AWS says once for all scalars of a list or map what each must satisfy. */
    private void elements(String path, Member member, Member element, Iterable<?> items, Object whole, String words) {
        for (Object item : items) {
            if (item != null
                    && !Rules.broken(element.type(), element.traits(), item).isEmpty()) {
                String shown =
                        member.traits().sensitive() || element.traits().sensitive() ? "" : "'" + shown(whole) + "'";
                String rule = words + "[" + String.join(", ", Rules.all(element.type(), element.traits())) + "]";
                found.add(new Violation(Kind.ELEMENT, path, member, shown, rule));
                return;
            }
        }
    }

    private static boolean isNested(Schema schema) {
        return switch (schema.type()) {
            case LIST, MAP, STRUCTURE, UNION -> true;
            default -> false;
        };
    }

    private static String shown(Object value) {
        return value.toString();
    }

    /** AWS's framework begins the names of members with a small letter, whatever the wire says. */
    private static String path(String prefix, String name) {
        return prefix + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    static boolean isSized(ShapeType type) {
        return switch (type) {
            case STRING, BLOB, LIST, MAP -> true;
            default -> false;
        };
    }
}
