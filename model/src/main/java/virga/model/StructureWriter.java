package virga.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.kernel.Bug;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.model.StructureCodec.Tag;

/** One structure on its way into bytes: a name is written out once, and after that by its number. */
final class StructureWriter {
    /** Where a name stands: 0 ends a structure, 1 is followed by a new name, n + 2 is the n-th name so far. */
    static final int END_OF_STRUCTURE = 0;

    static final int NEW_NAME = 1;
    static final int FIRST_KNOWN_NAME = 2;

    private final Map<String, Integer> names = new HashMap<>();
    private byte[] buffer = new byte[256];
    private int length;

    Bytes bytes() {
        return Bytes.wrap(Arrays.copyOf(buffer, length));
    }

    void write(Object value) {
        switch (value) {
            case null -> writeByte(Tag.NULL);
            case Boolean bool -> writeByte(bool ? Tag.TRUE : Tag.FALSE);
            case Number number -> writeNumber(number);
            case String text -> {
                writeByte(Tag.STRING);
                writeText(text);
            }
            case Bytes bytes -> writeBlock(Tag.BYTES, bytes.unsafeArray());
            case Instant instant -> {
                writeByte(Tag.INSTANT);
                writeSigned(instant.getEpochSecond());
                writeUnsigned(instant.getNano());
            }
            case List<?> list -> {
                writeByte(Tag.LIST);
                writeUnsigned(list.size());
                list.forEach(this::write);
            }
            case Map<?, ?> map -> {
                writeByte(Tag.MAP);
                writeUnsigned(map.size());
                map.forEach((key, element) -> {
                    writeName((String) key);
                    write(element);
                });
            }
            case Structure structure -> writeStructure(structure);
            case ByteStream stream -> {
                writeByte(Tag.BODY);
                writeSigned(stream.length());
            }
            case EventStream<?> _ -> writeByte(Tag.EVENTS);
            default -> throw new Bug("no structure holds a " + value.getClass().getName());
        }
    }

    private void writeNumber(Number value) {
        switch (value) {
            case Byte _, Short _, Integer _ -> {
                writeByte(Tag.INT);
                writeSigned(value.longValue());
            }
            case Long number -> {
                writeByte(Tag.LONG);
                writeSigned(number);
            }
            case Float number -> {
                writeByte(Tag.FLOAT);
                writeFixed(Float.floatToRawIntBits(number), Float.BYTES);
            }
            case Double number -> {
                writeByte(Tag.DOUBLE);
                writeFixed(Double.doubleToRawLongBits(number), Double.BYTES);
            }
            case BigInteger number -> writeBlock(Tag.BIG_INTEGER, number.toByteArray());
            case BigDecimal number -> {
                writeBlock(Tag.BIG_DECIMAL, number.unscaledValue().toByteArray());
                writeSigned(number.scale());
            }
            default -> throw new Bug("no structure holds a " + value.getClass().getName());
        }
    }

    private void writeStructure(Structure structure) {
        writeByte(Tag.STRUCTURE);
        for (Member member : structure.schema().members()) {
            if (structure.has(member)) {
                writeName(member.name());
                write(structure.valueOf(member));
            }
        }
        writeUnsigned(END_OF_STRUCTURE);
    }

    private void writeName(String name) {
        Integer known = names.putIfAbsent(name, names.size());
        if (known == null) {
            writeUnsigned(NEW_NAME);
            writeText(name);
        } else {
            writeUnsigned(known + FIRST_KNOWN_NAME);
        }
    }

    private void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(utf8.length);
        writeAll(utf8);
    }

    private void writeBlock(byte tag, byte[] block) {
        writeByte(tag);
        writeUnsigned(block.length);
        writeAll(block);
    }

    void writeByte(int value) {
        ensure(1);
        buffer[length++] = (byte) value;
    }

    /** Small numbers, of either sign, in few bytes. */
    private void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private void writeUnsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    private void writeFixed(long bits, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            writeByte((int) (bits >>> shift));
        }
    }

    private void writeAll(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
