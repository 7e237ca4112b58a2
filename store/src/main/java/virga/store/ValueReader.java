package virga.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/** Walks through the bytes that a {@link ValueWriter} made. Throws {@link IndexOutOfBoundsException} where they end too soon. */
final class ValueReader {
    private final byte[] content;
    private final int limit;
    private int at;
    private int[] shapeStarts = {};
    private int[] shapeEnds = {};
    private RecordForm.Layout[] layouts = {};

    ValueReader(byte[] content) {
        this(content, 0, content.length);
    }

    ValueReader(byte[] content, int from, int limit) {
        this.content = content;
        this.at = from;
        this.limit = limit;
    }

    /** Reads what {@link ValueWriter#finish} put first. */
    void header(int version) {
        int found = octet();
        if (found != version) {
            throw new Bug("not a value of RecordCodec, or one of a later version: its first byte is " + found);
        }
        int count = size();
        shapeStarts = new int[count];
        shapeEnds = new int[count];
        layouts = new RecordForm.Layout[count];
        for (int i = 0; i < count; i++) {
            int length = size();
            shapeStarts[i] = at;
            at += length;
            shapeEnds[i] = at;
        }
    }

    boolean atEnd() {
        return at >= limit;
    }

    long unsigned() {
        long value = 0;
        int shift = 0;
        while (true) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
            shift += 7;
            if (shift > 63) {
                throw new Bug("a number that does not end");
            }
        }
    }

    long signed() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    /** A length or a count: never more than what is left. */
    int size() {
        long size = unsigned();
        if (size < 0 || size > limit - at) {
            throw new IndexOutOfBoundsException("a length of " + size + " with " + (limit - at) + " bytes left");
        }
        return (int) size;
    }

    String text() {
        int length = size();
        at += length;
        return new String(content, at - length, length, StandardCharsets.UTF_8);
    }

    Bytes bytes() {
        int length = size();
        at += length;
        return range(at - length, at);
    }

    void skip(int count) {
        if (count > limit - at) {
            throw new IndexOutOfBoundsException("cannot skip " + count + " bytes");
        }
        at += count;
    }

    /** The number of a record's shape, which stands before its components. */
    int shapeNumber() {
        long number = unsigned();
        if (number < 0 || number >= layouts.length) {
            throw new IndexOutOfBoundsException("a value with " + layouts.length + " shapes names shape " + number);
        }
        return (int) number;
    }

    /** The name of the record that a shape describes. */
    String shapeName(int number) {
        return shape(number).text();
    }

    /** The bytes of a shape, to be read on their own. */
    ValueReader shape(int number) {
        return new ValueReader(content, shapeStarts[number], shapeEnds[number]);
    }

    boolean shapeEquals(int number, byte[] shape) {
        return Arrays.equals(content, shapeStarts[number], shapeEnds[number], shape, 0, shape.length);
    }

    Bytes shapeBytes(int number) {
        return range(shapeStarts[number], shapeEnds[number]);
    }

    /** The layout found for a shape before, in this value, for {@code form}; {@code null} where there is none yet. */
    RecordForm.Layout knownLayout(int number, RecordForm form) {
        RecordForm.Layout layout = layouts[number];
        return layout != null && layout.form() == form ? layout : null;
    }

    void know(int number, RecordForm.Layout layout) {
        layouts[number] = layout;
    }

    private Bytes range(int from, int to) {
        return Bytes.wrap(Arrays.copyOfRange(content, from, to));
    }

    private int octet() {
        if (at >= limit) {
            throw new IndexOutOfBoundsException("the value ends too soon");
        }
        return content[at++] & 0xFF;
    }
}
