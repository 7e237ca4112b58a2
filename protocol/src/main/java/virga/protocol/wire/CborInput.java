package virga.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import virga.kernel.Fault;

/** Reads CBOR items, definite and indefinite. Source: RFC 8949. Anything that is not well-formed is a SerializationException. */
final class CborInput {
    private static final int INDEFINITE = 31;

    private final byte[] data;
    private int at;
    private int major;
    private int info;
    private long argument;

    CborInput(byte[] data) {
        this.data = data;
    }

    boolean atEnd() {
        return at == data.length;
    }

    /** Reads the head of the next item. */
    void next() {
        int head = octets(1, "head")[0] & 0xff;
        major = head >> 5;
        info = head & 0x1f;
        if (info < 24) {
            argument = info;
        } else if (info <= 27) {
            argument = number(1 << (info - 24));
        } else if (info == INDEFINITE) {
            argument = -1;
        } else {
            throw malformed("reserved additional information");
        }
    }

    int major() {
        return major;
    }

    boolean isIndefinite() {
        return info == INDEFINITE;
    }

    /** {@code null} or undefined. */
    boolean isNothing() {
        return major == CborOutput.SIMPLE && (info == 22 || info == 23);
    }

    boolean isBreak() {
        return major == CborOutput.SIMPLE && info == INDEFINITE;
    }

    long argument() {
        return argument;
    }

    int info() {
        return info;
    }

    /** The number of entries, or -1 for an indefinite array or map; no more than there can be. */
    int size() {
        if (isIndefinite()) {
            return -1;
        }
        if (argument < 0 || argument > data.length - at) {
            throw malformed("more entries than bytes");
        }
        return (int) argument;
    }

    /** The content of the text or byte string whose head was read. */
    byte[] string() {
        if (!isIndefinite()) {
            if (argument < 0 || argument > data.length - at) {
                throw malformed("a string longer than the body");
            }
            return octets((int) argument, "string");
        }
        int kind = major;
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (next(); !isBreak(); next()) {
            if (major != kind || isIndefinite()) {
                throw malformed("a piece of another kind in a string");
            }
            whole.writeBytes(string());
        }
        return whole.toByteArray();
    }

    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    /** The number whose head was read as a float of any width. */
    double floating() {
        return switch (info) {
            case 25 -> Float.float16ToFloat((short) argument);
            case 26 -> Float.intBitsToFloat((int) argument);
            case 27 -> Double.longBitsToDouble(argument);
            default -> throw malformed("not a number");
        };
    }

    /** Passes over the item whose head was read. */
    void skip() {
        switch (major) {
            case CborOutput.BYTES, CborOutput.TEXT -> string();
            case CborOutput.ARRAY -> skipEntries(1);
            case CborOutput.MAP -> skipEntries(2);
            case CborOutput.TAG -> {
                next();
                skip();
            }
            default -> {
                // Numbers and simple values are their heads.
            }
        }
    }

    private void skipEntries(int itemsEach) {
        int size = size();
        for (int i = 0; size < 0 || i < size * itemsEach; i++) {
            next();
            if (size < 0 && isBreak()) {
                return;
            }
            skip();
        }
    }

    private long number(int octets) {
        long value = 0;
        for (byte octet : octets(octets, "number")) {
            value = value << 8 | octet & 0xff;
        }
        return value;
    }

    private byte[] octets(int count, String what) {
        if (count > data.length - at) {
            throw malformed("the body ends in a " + what);
        }
        byte[] octets = java.util.Arrays.copyOfRange(data, at, at + count);
        at += count;
        return octets;
    }

    static Fault malformed(String what) {
        return Malformed.serialization("Invalid CBOR: " + what);
    }
}
