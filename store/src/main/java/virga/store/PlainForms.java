package virga.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/** The forms of types without parts. */
final class PlainForms {
    private static final Map<Class<?>, ValueForm> BY_TYPE = new HashMap<>();

    static {
        add(
                List.of(boolean.class),
                new ValueForm.Plain<>(
                        "z",
                        Boolean.class,
                        false,
                        (out, value) -> out.unsigned(value ? 1 : 0),
                        in -> in.unsigned() != 0));
        add(
                List.of(int.class),
                new ValueForm.Plain<>(
                        "i", Integer.class, 0, (out, value) -> out.signed(value), in -> Math.toIntExact(in.signed())));
        add(List.of(long.class), new ValueForm.Plain<>("i", Long.class, 0L, ValueWriter::signed, ValueReader::signed));
        add(
                List.of(double.class),
                new ValueForm.Plain<>(
                        "d",
                        Double.class,
                        0.0,
                        (out, value) -> out.fixed(Double.doubleToRawLongBits(value)),
                        in -> Double.longBitsToDouble(in.fixed())));
        add(List.of(), new ValueForm.Plain<>("s", String.class, "", ValueWriter::text, ValueReader::text));
        add(
                List.of(),
                new ValueForm.Plain<>(
                        "b",
                        Bytes.class,
                        Bytes.EMPTY,
                        (out, value) -> out.bytes(value.unsafeArray()),
                        ValueReader::bytes));
        add(
                List.of(),
                new ValueForm.Plain<>(
                        "t",
                        Instant.class,
                        Instant.EPOCH,
                        (out, value) -> pair(out, value.getEpochSecond(), value.getNano()),
                        in -> Instant.ofEpochSecond(in.signed(), in.unsigned())));
        add(
                List.of(),
                new ValueForm.Plain<>(
                        "u",
                        Duration.class,
                        Duration.ZERO,
                        (out, value) -> pair(out, value.getSeconds(), value.getNano()),
                        in -> Duration.ofSeconds(in.signed(), in.unsigned())));
        add(
                List.of(),
                new ValueForm.Plain<>(
                        "s",
                        BigDecimal.class,
                        BigDecimal.ZERO,
                        (out, value) -> out.text(value.toString()),
                        in -> new BigDecimal(in.text())));
        add(
                List.of(),
                new ValueForm.Plain<>(
                        "s",
                        BigInteger.class,
                        BigInteger.ZERO,
                        (out, value) -> out.text(value.toString()),
                        in -> new BigInteger(in.text())));
    }

    private PlainForms() {}

    /** The form of {@code type}, or {@code null} where it is not a plain one. */
    static ValueForm of(Class<?> type) {
        return type.isEnum() ? ofEnum(type) : BY_TYPE.get(type);
    }

    /** A type with a codec of its own, kept as that codec's bytes. */
    static <T> ValueForm foreign(Class<T> type, Codec<T> codec) {
        return new ValueForm() {
            @Override
            public String signature() {
                return "b";
            }

            @Override
            public void write(ValueWriter out, Object value) {
                out.bytes(codec.encode(type.cast(value)).unsafeArray());
            }

            @Override
            public Object read(ValueReader in) {
                return codec.decode(in.bytes());
            }

            @Override
            public Object absent() {
                return codec.decode(Bytes.EMPTY);
            }
        };
    }

    /** An enum, kept by the name of its constant; absent, it is the first one. */
    private static ValueForm ofEnum(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        Object first = type.getEnumConstants()[0];
        return new ValueForm.Plain<>(
                "s", Object.class, first, (out, value) -> out.text(((Enum<?>) value).name()), in -> {
                    String name = in.text();
                    Object constant = constants.get(name);
                    if (constant == null) {
                        throw new Bug(type.getSimpleName() + " has no constant " + name + ", which a kept value names");
                    }
                    return constant;
                });
    }

    private static void pair(ValueWriter out, long seconds, int nanos) {
        out.signed(seconds);
        out.unsigned(nanos);
    }

    private static <T> void add(List<Class<?>> alsoFor, ValueForm.Plain<T> form) {
        BY_TYPE.put(form.type(), form);
        alsoFor.forEach(type -> BY_TYPE.put(type, form));
    }
}
