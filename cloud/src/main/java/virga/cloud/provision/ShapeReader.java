package virga.cloud.provision;

import java.util.Objects;
import java.util.stream.Stream;
import virga.kernel.Bug;
import virga.model.Member;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;

/** Reads properties as the structures of a service's model: AWS gives most properties the names and forms of the operations' members. */
final class ShapeReader {
    private ShapeReader() {}

    static <I extends Structure> I input(Properties properties, Operation<I, ?> operation) {
        return input(operation, members(properties, operation.input()));
    }

    static <I extends Structure> I input(Properties properties, Operation<I, ?> operation, I otherwise) {
        Object[] values = members(properties, operation.input());
        for (Member member : operation.input().members()) {
            if (values[member.index()] == null) {
                values[member.index()] = otherwise.valueOf(member);
            }
        }
        return input(operation, values);
    }

    @SuppressWarnings("unchecked") // The schema of an operation's input makes its inputs.
    private static <I extends Structure> I input(Operation<I, ?> operation, Object[] values) {
        return (I) operation.input().make(values);
    }

    /** {@code null} where lax properties lack what the model requires: to whoever reads it, it is not there. */
    static Structure structure(Properties properties, Schema schema) {
        Object[] values = members(properties, schema);
        for (Member member : schema.members()) {
            if (member.traits().required()) {
                properties.require(member.name());
                if (values[member.index()] == null) {
                    return null;
                }
            }
        }
        return schema.make(values);
    }

    static Stream<Structure> structures(Properties properties, String name, Schema schema) {
        return properties.objects(name).stream()
                .map(item -> structure(item, schema))
                .filter(Objects::nonNull);
    }

    private static Object[] members(Properties properties, Schema schema) {
        Object[] values = new Object[schema.members().size()];
        for (Member member : schema.members()) {
            if (properties.has(member.name()) && !member.name().equals("Tags")) {
                values[member.index()] = value(properties, member.name(), member.target());
            }
        }
        return values;
    }

    private static Object value(Properties properties, String name, Schema schema) {
        return switch (schema.type()) {
            case STRING -> properties.text(name, null);
            case BOOLEAN -> properties.flag(name, null);
            case INTEGER -> properties.integer(name, null);
            case LONG -> properties.longInteger(name, null);
            case DOUBLE -> properties.number(name, null);
            case STRUCTURE -> structure(properties.object(name), schema);
            case LIST -> list(properties, name, schema.element().target());
            case MAP -> map(properties, name, schema.value().target());
            case BLOB -> null;
            case BYTE, SHORT, FLOAT, BIG_INTEGER, BIG_DECIMAL, TIMESTAMP, DOCUMENT, UNION -> throw formless(schema);
        };
    }

    private static Object list(Properties properties, String name, Schema element) {
        return switch (element.type()) {
            case STRING -> properties.texts(name);
            case STRUCTURE -> structures(properties, name, element).toList();
            default -> throw formless(element);
        };
    }

    private static Object map(Properties properties, String name, Schema value) {
        if (value.type() != ShapeType.STRING) {
            throw formless(value);
        }
        return properties.map(name);
    }

    private static Bug formless(Schema schema) {
        return new Bug("nobody has said which form a " + schema.type() + " such as " + schema + " has in a template");
    }
}
