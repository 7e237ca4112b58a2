package virga.services.s3;

import java.util.zip.Checksum;

/** CRC-64/NVME, bit-reflected, all ones in and out. Source: "CRC-64/NVME" in the catalogue of parametrised CRC algorithms. */
final class Crc64 implements Checksum {
    static final long POLYNOMIAL = 0x9A6C_9329_AC4B_C9B5L;
    private static final long[] TABLE = table();

    private long state = -1;

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < 256; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            table[i] = value;
        }
        return table;
    }

    @Override
    public void update(int b) {
        state = TABLE[(int) (state ^ b) & 0xFF] ^ state >>> 8;
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            update(bytes[i]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /**
     * The CRC of a run of bytes followed by another. In GF(2) that is the first CRC times x to the power of the second's bits, plus the
     * second CRC; inversions at start and end cancel out.
     */
    static long join(long polynomial, int width, long first, long second, long length) {
        long one = 1L << width - 1;
        long power = one >>> 8;
        long shifted = first;
        for (long left = length; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                shifted = times(polynomial, width, shifted, power);
            }
            power = times(polynomial, width, power, power);
        }
        return shifted ^ second;
    }

    /** Multiplication modulo the polynomial; in the reflected form the highest bit is the coefficient of 1. */
    private static long times(long polynomial, int width, long a, long b) {
        long product = 0;
        long shifted = b;
        for (int bit = width - 1; bit >= 0; bit--) {
            if ((a >>> bit & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
        }
        return product;
    }
}
