package virga.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import virga.kernel.Bytes;

/** Writes CBOR items. Source: RFC 8949. */
final class CborOutput {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** The head of an item: for text and bytes the length in bytes, for arrays and maps the number of entries. */
    void head(int major, long argument) {
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            out.write(type | (int) argument);
        } else if (argument >= 0 && argument <= 0xff) {
            out.write(type | 24);
            tail(argument, 1);
        } else if (argument >= 0 && argument <= 0xffff) {
            out.write(type | 25);
            tail(argument, 2);
        } else if (argument >= 0 && argument <= 0xffff_ffffL) {
            out.write(type | 26);
            tail(argument, 4);
        } else {
            out.write(type | 27);
            tail(argument, 8);
        }
    }

    void integer(long value) {
        if (value >= 0) {
            head(UNSIGNED, value);
        } else {
            head(NEGATIVE, ~value);
        }
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        out.write(utf8, 0, utf8.length);
    }

    void bytes(byte[] bytes) {
        head(BYTES, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    void bool(boolean value) {
        out.write(value ? 0xf5 : 0xf4);
    }

    void nothing() {
        out.write(0xf6);
    }

    void float32(float value) {
        out.write(SIMPLE << 5 | 26);
        tail(Float.floatToIntBits(value) & 0xffff_ffffL, 4);
    }

    void float64(double value) {
        out.write(SIMPLE << 5 | 27);
        tail(Double.doubleToLongBits(value), 8);
    }

    Bytes toBytes() {
        return Bytes.wrap(out.toByteArray());
    }

    private void tail(long value, int octets) {
        for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
