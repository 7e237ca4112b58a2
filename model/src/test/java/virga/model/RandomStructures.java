package virga.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Bytes;
import virga.kernel.Chance;

/** Structures of any schema from a seed: members set or not, lists and maps of up to three elements, at most {@code depth} deep. */
final class RandomStructures {
    private final Chance chance;

    RandomStructures(Chance chance) {
        this.chance = chance;
    }

    Structure structure(Schema schema, int depth) {
        Object[] values = new Object[schema.members().size()];
        for (Member member : schema.members()) {
            boolean kept = !member.traits().streaming() && !member.traits().eventStream();
            if (kept && chance.nextInt(3) > 0) {
                values[member.index()] = value(member.target(), depth - 1);
            }
        }
        return schema.make(values);
    }

    /** {@code null} where a structure would be too deep. */
    private Object value(Schema schema, int depth) {
        return switch (schema.type()) {
            case BOOLEAN -> chance.nextInt(2) == 0;
            case BYTE -> (byte) number();
            case SHORT -> (short) number();
            case INTEGER -> (int) number();
            case LONG -> number();
            case FLOAT -> Float.intBitsToFloat((int) number());
            case DOUBLE -> Double.longBitsToDouble(number());
            case BIG_INTEGER -> BigInteger.valueOf(number()).pow(3);
            case BIG_DECIMAL -> BigDecimal.valueOf(number(), chance.nextInt(40) - 20);
            case STRING -> text();
            case BLOB -> Bytes.ofUtf8(text());
            case TIMESTAMP -> Instant.ofEpochSecond((int) number(), chance.nextInt(1_000_000_000));
            case DOCUMENT -> document(2);
            case LIST -> depth <= 0 ? List.of() : list(schema, depth);
            case MAP -> depth <= 0 ? Map.of() : map(schema, depth);
            case STRUCTURE, UNION -> depth <= 0 ? null : structure(schema, depth);
        };
    }

    private List<Object> list(Schema schema, int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            list.add(value(schema.element().target(), depth - 1));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(Schema schema, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            map.put(text(), value(schema.value().target(), depth - 1));
        }
        return Collections.unmodifiableMap(map);
    }

    Object document(int depth) {
        return switch (chance.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> (int) number();
            case 3 -> number();
            case 4 -> text();
            case 5 -> new BigDecimal("0." + chance.nextInt(1000));
            case 6 -> List.of(text(), chance.nextInt(9));
            default -> Map.of("inner", document(0) instanceof Object inner ? inner : "none");
        };
    }

    /** Of any size, small ones often. */
    private long number() {
        return chance.nextLong() >> chance.nextInt(64);
    }

    private String text() {
        String[] pieces = {"a", "key", "ü", "\u0000", "雨", "\uD83C\uDF27", "a long piece of text "};
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(5); i > 0; i--) {
            text.append(pieces[chance.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
