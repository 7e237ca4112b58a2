package virga.protocol.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Schema;
import virga.model.ShapeType;
import virga.model.Structure;

/** Reads CBOR into values, by their schema. */
final class CborShapeReader {
    private final CborInput in;

    private CborShapeReader(byte[] data) {
        in = new CborInput(data);
    }

    /** @throws virga.kernel.Fault SerializationException where {@code body} is not a structure of {@code schema} */
    static Structure read(Bytes body, Schema schema) {
        CborShapeReader reader = new CborShapeReader(body.unsafeArray());
        reader.in.next();
        Structure structure = reader.structure(schema);
        if (!reader.in.atEnd()) {
            throw CborInput.malformed("bytes after the end of the document");
        }
        return structure;
    }

    /** The item whose head was read. */
    private Object value(Schema schema) {
        if (in.isNothing()) {
            return null;
        }
        return switch (schema.type()) {
            case BOOLEAN -> bool();
            case BYTE -> (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) floating();
            case DOUBLE -> floating();
            case BIG_INTEGER -> bigInteger();
            case BIG_DECIMAL -> bigDecimal();
            case STRING -> {
                expect(CborOutput.TEXT, "a string");
                yield in.text();
            }
            case BLOB -> {
                expect(CborOutput.BYTES, "bytes");
                yield Bytes.wrap(in.string());
            }
            case TIMESTAMP -> timestamp();
            case LIST -> list(schema);
            case MAP -> map(schema);
            case STRUCTURE, UNION -> structure(schema);
            case DOCUMENT -> throw CborInput.malformed("documents are not supported");
        };
    }

    private Structure structure(Schema schema) {
        expect(CborOutput.MAP, "a map");
        Object[] values = new Object[schema.members().size()];
        int size = in.size();
        int set = 0;
        for (int i = 0; size < 0 || i < size; i++) {
            in.next();
            if (size < 0 && in.isBreak()) {
                break;
            }
            expect(CborOutput.TEXT, "a member's name");
            String name = in.text();
            Member member = WireNames.OF_MODEL.member(schema, name);
            in.next();
            if (member == null) {
                in.skip();
            } else {
                values[member.index()] = value(member.target());
                set += values[member.index()] == null ? 0 : 1;
            }
        }
        if (schema.type() == ShapeType.UNION && set != 1) {
            throw Malformed.serialization("Unions must have exactly one member set, found " + set);
        }
        return schema.make(values);
    }

    private List<Object> list(Schema schema) {
        expect(CborOutput.ARRAY, "an array");
        boolean sparse = schema.traits().sparse();
        List<Object> list = new ArrayList<>();
        int size = in.size();
        for (int i = 0; size < 0 || i < size; i++) {
            in.next();
            if (size < 0 && in.isBreak()) {
                break;
            }
            Object item = value(schema.element().target());
            if (item == null && !sparse) {
                throw Malformed.serialization("null is not allowed in a list");
            }
            list.add(item);
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(Schema schema) {
        expect(CborOutput.MAP, "a map");
        boolean sparse = schema.traits().sparse();
        Map<String, Object> map = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; size < 0 || i < size; i++) {
            in.next();
            if (size < 0 && in.isBreak()) {
                break;
            }
            expect(CborOutput.TEXT, "a key");
            String key = in.text();
            in.next();
            Object item = value(schema.value().target());
            if (item == null && !sparse) {
                throw Malformed.serialization("null is not allowed in a map");
            }
            map.put(key, item);
        }
        return Collections.unmodifiableMap(map);
    }

    private boolean bool() {
        if (in.major() == CborOutput.SIMPLE && (in.info() == 20 || in.info() == 21)) {
            return in.info() == 21;
        }
        throw CborInput.malformed("expected a boolean");
    }

    private long integer(long min, long max) {
        long value = switch (in.major()) {
            case CborOutput.UNSIGNED -> in.argument();
            case CborOutput.NEGATIVE -> ~in.argument();
            default -> throw CborInput.malformed("expected an integer");
        };
        boolean wrapped = in.argument() < 0;
        if (wrapped || value < min || value > max) {
            throw CborInput.malformed("an integer out of range");
        }
        return value;
    }

    private double floating() {
        return in.major() == CborOutput.SIMPLE ? in.floating() : integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private BigInteger bigInteger() {
        if (in.major() != CborOutput.TAG) {
            return BigInteger.valueOf(integer(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        long tag = in.argument();
        in.next();
        expect(CborOutput.BYTES, "bytes");
        BigInteger magnitude = new BigInteger(1, in.string());
        if (tag != 2 && tag != 3) {
            throw CborInput.malformed("expected a big integer");
        }
        return tag == 3 ? magnitude.not() : magnitude;
    }

    private BigDecimal bigDecimal() {
        if (in.major() != CborOutput.TAG || in.argument() != 4) {
            return new BigDecimal(bigInteger());
        }
        in.next();
        if (in.major() != CborOutput.ARRAY || in.argument() != 2) {
            throw CborInput.malformed("expected a decimal fraction");
        }
        in.next();
        int exponent = (int) integer(Integer.MIN_VALUE + 1L, Integer.MAX_VALUE);
        in.next();
        return new BigDecimal(bigInteger(), -exponent);
    }

    private Instant timestamp() {
        if (in.major() != CborOutput.TAG || in.argument() != 1) {
            throw CborInput.malformed("expected a timestamp");
        }
        in.next();
        if (in.major() != CborOutput.SIMPLE) {
            return Instant.ofEpochSecond(integer(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
        }
        double seconds = in.floating();
        if (Double.isNaN(seconds) || Math.abs(seconds) > Instant.MAX.getEpochSecond()) {
            throw CborInput.malformed("a timestamp out of range");
        }
        return Instant.ofEpochMilli(Math.round(seconds * 1000));
    }

    private void expect(int major, String what) {
        if (in.major() != major) {
            throw CborInput.malformed("expected " + what);
        }
    }
}
