package virga.cloud.spine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;

/**
 * A member of an operation's input that is not done.
 *
 * @param allowed the value that passes; empty where none does
 * @param path as in {@code Entries[].MessageGroupId}: {@code []} goes into a list, <code>{}</code> into the values of a map
 */
record UnsupportedMember(String operation, String path, String allowed) {
    /** @throws Bug where the model has no such member */
    static UnsupportedMember of(Operation<?, ?> operation, String declared) {
        int equals = declared.indexOf('=');
        String path = equals < 0 ? declared : declared.substring(0, equals);
        Schema schema = operation.input();
        for (String step : path.split("\\.")) {
            Schema within = schema;
            schema = within.member(name(step))
                    .orElseThrow(() -> new Bug(operation + " has no member " + path + ": " + within + " ends it"))
                    .target();
            if (step.endsWith("[]") && schema.type() == ShapeType.LIST) {
                schema = schema.element().target();
            } else if (step.endsWith("{}") && schema.type() == ShapeType.MAP) {
                schema = schema.value().target();
            }
        }
        return new UnsupportedMember(operation.toString(), path, equals < 0 ? "" : declared.substring(equals + 1));
    }

    /** @throws Fault {@code VirgaUnsupported} where {@code input} sets the member */
    void refuse(Structure input) {
        if (isSet(input, List.of(path.split("\\.")))) {
            throw Fault.unsupported(operation + "." + path);
        }
    }

    private boolean isSet(Structure structure, List<String> steps) {
        Object value = structure.get(name(steps.getFirst())).orElse(null);
        return isSet(value, steps.subList(1, steps.size()));
    }

    private boolean isSet(Object value, List<String> rest) {
        return switch (value) {
            case null -> false;
            case Collection<?> list when rest.isEmpty() -> !list.isEmpty();
            case Map<?, ?> map when rest.isEmpty() -> !map.isEmpty();
            case Collection<?> list -> list.stream().anyMatch(item -> isSet(item, rest));
            case Map<?, ?> map -> map.values().stream().anyMatch(item -> isSet(item, rest));
            case Structure structure when !rest.isEmpty() -> isSet(structure, rest);
            default -> !value.equals(false) && !value.toString().equals(allowed);
        };
    }

    private static String name(String step) {
        return step.replace("[]", "").replace("{}", "");
    }
}
