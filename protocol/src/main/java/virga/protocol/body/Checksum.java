package virga.protocol.body;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import virga.kernel.Bug;

/** A checksum of a body, fed piece by piece. Source: "Checking object integrity", Amazon S3 User Guide. */
public abstract class Checksum {
    private Checksum() {}

    public abstract void update(byte[] bytes, int from, int length);

    /** The value so far, as headers carry it. To be asked once. */
    public final String base64() {
        return Base64.getEncoder().encodeToString(value());
    }

    abstract byte[] value();

    /** For the header or trailer {@code x-amz-checksum-crc32} and its like; empty for any other. */
    public static Optional<Checksum> forHeader(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                ? named(name.substring(PREFIX.length()))
                : Optional.empty();
    }

    /** By the name of its algorithm, as in {@code CRC64NVME}, in any case. */
    public static Optional<Checksum> named(String algorithm) {
        return switch (algorithm.toLowerCase(java.util.Locale.ROOT)) {
            case "crc32" -> Optional.of(new Zip(new CRC32()));
            case "crc32c" -> Optional.of(new Zip(new CRC32C()));
            case "crc64nvme" -> Optional.of(new Crc64Nvme());
            case "sha1" -> Optional.of(new Digest("SHA-1"));
            case "sha256" -> Optional.of(new Digest("SHA-256"));
            case "md5" -> Optional.of(new Digest("MD5"));
            default -> Optional.empty();
        };
    }

    static final String PREFIX = "x-amz-checksum-";

    private static final class Zip extends Checksum {
        private final java.util.zip.Checksum checksum;

        Zip(java.util.zip.Checksum checksum) {
            this.checksum = checksum;
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            checksum.update(bytes, from, length);
        }

        @Override
        byte[] value() {
            return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
        }
    }

    private static final class Digest extends Checksum {
        private final MessageDigest digest;

        Digest(String algorithm) {
            try {
                digest = MessageDigest.getInstance(algorithm);
            } catch (GeneralSecurityException e) {
                throw new Bug("every JDK has " + algorithm, e);
            }
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }

        @Override
        byte[] value() {
            return digest.digest();
        }
    }

    /** CRC-64/NVME, reflected. Source: NVM Express NVM Command Set Specification, "64b CRC Definition". */
    private static final class Crc64Nvme extends Checksum {
        private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
        private static final long[] TABLE = table();

        private long state = -1;

        private static long[] table() {
            long[] table = new long[256];
            for (int i = 0; i < table.length; i++) {
                long value = i;
                for (int bit = 0; bit < 8; bit++) {
                    value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
                }
                table[i] = value;
            }
            return table;
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                state = TABLE[(int) (state ^ bytes[i]) & 0xff] ^ state >>> 8;
            }
        }

        @Override
        byte[] value() {
            return ByteBuffer.allocate(8).putLong(~state).array();
        }
    }
}
