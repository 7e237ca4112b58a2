package virga.services.dynamodb.expression;

import virga.kernel.Bytes;
import virga.services.dynamodb.item.Value;

/** The {@code contains} function on values. */
final class Containment {
    private Containment() {}

    /** A text within a text, bytes within bytes, an element of a set or list. */
    static boolean holds(Value whole, Value part) {
        return switch (whole) {
            case Value.S(var text) -> part instanceof Value.S(var sought) && text.contains(sought);
            case Value.B(var bytes) -> part instanceof Value.B(var sought) && within(bytes, sought);
            case Value.SS(var texts) -> part instanceof Value.S(var sought) && texts.contains(sought);
            case Value.NS(var numbers) -> part instanceof Value.N(var sought) && numbers.contains(sought);
            case Value.BS(var blobs) -> part instanceof Value.B(var sought) && blobs.contains(sought);
            case Value.L(var elements) -> elements.contains(part);
            case Value.M ignored -> false;
            case Value.N ignored -> false;
            case Value.Bool ignored -> false;
            case Value.Null ignored -> false;
        };
    }

    private static boolean within(Bytes bytes, Bytes sought) {
        for (int from = 0; from + sought.length() <= bytes.length(); from++) {
            if (bytes.slice(from, from + sought.length()).equals(sought)) {
                return true;
            }
        }
        return false;
    }
}
