package virga.services.dynamodb.item;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Optional;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/**
 * Key values as bytes whose unsigned order is the order of the values: what {@link virga.store.Part#bytes} parts of the key tree hold.
 *
 * <p>A number is a sign byte (1 below zero, 2 zero, 3 above), its exponent in one byte, then its digits in pairs, one byte from 1 to
 * 100 a pair. Below zero all bytes but the sign are turned and a final FF makes the shorter number the greater one.
 */
public final class KeyBytes {
    private static final int NEGATIVE = 1;
    private static final int ZERO = 2;
    private static final int POSITIVE = 3;

    private KeyBytes() {}

    /** @throws Bug where the value is not a string, number or binary: only those can be keys */
    public static Bytes of(Value value) {
        return switch (value) {
            case Value.S(String text) -> Bytes.ofUtf8(text);
            case Value.B(Bytes bytes) -> bytes;
            case Value.N(BigDecimal number) -> number(number);
            default -> throw new Bug("not a key value: " + value.type());
        };
    }

    /** The first bytes after all those that begin with {@code prefix}; empty where there are none. */
    public static Optional<Bytes> afterPrefix(Bytes prefix) {
        byte[] bytes = prefix.toArray();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xFF) {
                bytes[i]++;
                return Optional.of(Bytes.of(java.util.Arrays.copyOf(bytes, i + 1)));
            }
        }
        return Optional.empty();
    }

    private static Bytes number(BigDecimal number) {
        if (number.signum() == 0) {
            return Bytes.of((byte) ZERO);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean negative = number.signum() < 0;
        out.write(negative ? NEGATIVE : POSITIVE);
        int turn = negative ? 0xFF : 0;
        out.write((Numbers.exponent(number) - Numbers.LEAST_EXPONENT) ^ turn);
        String digits = number.unscaledValue().abs().toString();
        for (int i = 0; i < digits.length(); i += 2) {
            int high = digits.charAt(i) - '0';
            int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            out.write((high * 10 + low + 1) ^ turn);
        }
        if (negative) {
            out.write(0xFF);
        }
        return Bytes.wrap(out.toByteArray());
    }
}
