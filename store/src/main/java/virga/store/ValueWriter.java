package virga.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import virga.kernel.Bytes;

/** Collects the bytes of one value. The shapes of its records come first in the result, so that a reader knows them from the start. */
final class ValueWriter {
    private byte[] buffer = new byte[128];
    private int length;
    private RecordForm[] shapes = new RecordForm[4];
    private int shapeCount;

    /** An unsigned number in groups of seven bits, the lowest first. */
    void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** A signed number; small ones of either sign are short. */
    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    void fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes behind their length. */
    void bytes(byte[] content) {
        unsigned(content.length);
        raw(content, content.length);
    }

    /** Begins a stretch that will stand behind its length; {@link #end} takes what this returns. */
    int begin() {
        octet(0);
        return length;
    }

    void end(int start) {
        int size = length - start;
        if (size < 0x80) {
            buffer[start - 1] = (byte) size;
            return;
        }
        byte[] content = Arrays.copyOfRange(buffer, start, length);
        length = start - 1;
        bytes(content);
    }

    /** The number of {@code form}'s shape in this value. */
    int shape(RecordForm form) {
        for (int i = 0; i < shapeCount; i++) {
            if (shapes[i] == form) {
                return i;
            }
        }
        if (shapeCount == shapes.length) {
            shapes = Arrays.copyOf(shapes, shapeCount * 2);
        }
        shapes[shapeCount] = form;
        return shapeCount++;
    }

    /** The whole value: a version byte, the shapes, what was written. */
    Bytes finish(int version) {
        ValueWriter whole = new ValueWriter();
        whole.buffer = new byte[length + 64];
        whole.octet(version);
        whole.unsigned(shapeCount);
        for (int i = 0; i < shapeCount; i++) {
            whole.bytes(shapes[i].shape());
        }
        whole.raw(buffer, length);
        return Bytes.wrap(whole.written());
    }

    byte[] written() {
        return Arrays.copyOf(buffer, length);
    }

    private void octet(int value) {
        room(1);
        buffer[length++] = (byte) value;
    }

    private void raw(byte[] content, int count) {
        room(count);
        System.arraycopy(content, 0, buffer, length, count);
        length += count;
    }

    private void room(int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
    }
}
