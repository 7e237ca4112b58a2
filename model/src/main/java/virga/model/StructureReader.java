package virga.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.model.StructureCodec.Tag;

/** Reads what {@link StructureWriter} wrote, as the types of a schema. */
final class StructureReader {
    private final byte[] content;
    private final List<String> names = new ArrayList<>();
    private int position;

    StructureReader(byte[] content) {
        this.content = content;
    }

    /**
     * The next value.
     *
     * @param schema what it is to be; a document, or {@code null} where nobody knows it, takes any value as it comes
     */
    Object read(Schema schema) {
        byte tag = readByte();
        Object value = switch (tag) {
            case Tag.NULL, Tag.EVENTS -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.INT -> Math.toIntExact(readSigned());
            case Tag.LONG -> readSigned();
            case Tag.FLOAT -> Float.intBitsToFloat((int) readFixed(Float.BYTES));
            case Tag.DOUBLE -> Double.longBitsToDouble(readFixed(Double.BYTES));
            case Tag.BIG_INTEGER -> new BigInteger(readBlock());
            case Tag.BIG_DECIMAL -> new BigDecimal(new BigInteger(readBlock()), (int) readSigned());
            case Tag.STRING -> readText();
            case Tag.BYTES -> Bytes.wrap(readBlock());
            case Tag.INSTANT -> Instant.ofEpochSecond(readSigned(), readUnsigned());
            case Tag.LIST -> readList(schema);
            case Tag.MAP -> readMap(schema);
            case Tag.STRUCTURE -> readStructure(schema);
            case Tag.BODY -> new ElidedBody(readSigned());
            default -> throw new Bug("a value with the unknown tag " + tag);
        };
        return value == null || schema == null ? value : fit(value, schema);
    }

    /** The value as the type of the shape: numbers may have changed their width since they were written. */
    private static Object fit(Object value, Schema schema) {
        return switch (schema.type()) {
            case DOCUMENT -> value;
            case BYTE -> (byte) within(value, schema, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) within(value, schema, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) within(value, schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> within(value, schema, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> kept(Number.class, value, schema).floatValue();
            case DOUBLE -> kept(Number.class, value, schema).doubleValue();
            case BOOLEAN -> kept(Boolean.class, value, schema);
            case BIG_INTEGER -> kept(BigInteger.class, value, schema);
            case BIG_DECIMAL -> kept(BigDecimal.class, value, schema);
            case STRING -> kept(String.class, value, schema);
            case TIMESTAMP -> kept(Instant.class, value, schema);
            case BLOB -> value instanceof ElidedBody ? value : kept(Bytes.class, value, schema);
            case LIST -> kept(List.class, value, schema);
            case MAP -> kept(Map.class, value, schema);
            case STRUCTURE, UNION -> kept(Structure.class, value, schema);
        };
    }

    private static <T> T kept(Class<T> type, Object value, Schema schema) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw misfit(value, schema);
    }

    private static long within(Object value, Schema schema, long least, long most) {
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw misfit(value, schema);
    }

    private static Bug misfit(Object value, Schema schema) {
        return new Bug(
                "a " + value.getClass().getSimpleName() + " was kept where " + schema + " is a " + schema.type());
    }

    private List<Object> readList(Schema schema) {
        Schema element = schema != null && schema.type() == ShapeType.LIST
                ? schema.element().target()
                : null;
        int size = (int) readUnsigned();
        List<Object> list = new ArrayList<>(Math.min(size, content.length - position));
        for (int i = 0; i < size; i++) {
            list.add(read(element));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> readMap(Schema schema) {
        Schema element = schema != null && schema.type() == ShapeType.MAP
                ? schema.value().target()
                : null;
        int size = (int) readUnsigned();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = readName().orElseThrow(() -> new Bug("a map that ends too early"));
            map.put(key, read(element));
        }
        return Collections.unmodifiableMap(map);
    }

    /** A structure nobody knows is read to its end, and comes back as the empty list: whoever skips it drops that, too. */
    private Object readStructure(Schema schema) {
        boolean known = schema != null && (schema.type() == ShapeType.STRUCTURE || schema.type() == ShapeType.UNION);
        Object[] values = new Object[known ? schema.members().size() : 0];
        for (Optional<String> name = readName(); name.isPresent(); name = readName()) {
            Optional<Member> member = known ? schema.member(name.get()) : Optional.empty();
            Object value = read(member.map(Member::target).orElse(null));
            member.ifPresent(place -> values[place.index()] = value);
        }
        return known ? schema.make(values) : List.of();
    }

    /** Empty at the end of a structure. */
    private Optional<String> readName() {
        int token = (int) readUnsigned();
        if (token == StructureWriter.END_OF_STRUCTURE) {
            return Optional.empty();
        }
        if (token == StructureWriter.NEW_NAME) {
            names.add(readText());
            return Optional.of(names.getLast());
        }
        return Optional.of(names.get(token - StructureWriter.FIRST_KNOWN_NAME));
    }

    private String readText() {
        int size = (int) readUnsigned();
        String text = new String(content, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    private byte[] readBlock() {
        int size = (int) readUnsigned();
        if (size < 0 || size > content.length - position) {
            throw new IndexOutOfBoundsException(size);
        }
        position += size;
        return Arrays.copyOfRange(content, position - size, position);
    }

    byte readByte() {
        return content[position++];
    }

    private long readSigned() {
        long coded = readUnsigned();
        return coded >>> 1 ^ -(coded & 1);
    }

    private long readUnsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private long readFixed(int bytes) {
        long bits = 0;
        for (int i = 0; i < bytes; i++) {
            bits = bits << 8 | readByte() & 0xFF;
        }
        return bits;
    }
}
