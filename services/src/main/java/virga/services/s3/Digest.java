package virga.services.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import virga.kernel.Bug;

/** The checksums of S3. Source: "Checking object integrity", Amazon S3 User Guide. */
enum Digest {
    CRC32("CRC32", 4, 0xEDB88320L),
    CRC32C("CRC32C", 4, 0x82F63B78L),
    CRC64NVME("CRC64NVME", 8, Crc64.POLYNOMIAL),
    SHA1("SHA-1", 20, 0),
    SHA256("SHA-256", 32, 0),
    SHA512("SHA-512", 64, 0),
    MD5("MD5", 16, 0);

    private final String algorithm;
    private final int bytes;
    private final long polynomial;

    Digest(String algorithm, int bytes, long polynomial) {
        this.algorithm = algorithm;
        this.bytes = bytes;
        this.polynomial = polynomial;
    }

    /** The name of the member that shows it. */
    String member() {
        return "Checksum" + name();
    }

    int bytes() {
        return bytes;
    }

    boolean isCrc() {
        return polynomial != 0;
    }

    static Optional<Digest> named(String name) {
        return Arrays.stream(values())
                .filter(digest -> digest.name().equals(name))
                .findFirst();
    }

    /** A computation under way. */
    interface Running {
        void update(byte[] bytes, int from, int length);

        byte[] finish();

        default String base64() {
            return Base64.getEncoder().encodeToString(finish());
        }
    }

    Running start() {
        return switch (this) {
            case CRC32 -> ofCrc(new CRC32());
            case CRC32C -> ofCrc(new CRC32C());
            case CRC64NVME -> ofCrc(new Crc64());
            case SHA1, SHA256, SHA512, MD5 -> ofHash();
        };
    }

    private Running ofCrc(Checksum checksum) {
        return new Running() {
            @Override
            public void update(byte[] content, int from, int length) {
                checksum.update(content, from, length);
            }

            @Override
            public byte[] finish() {
                return crcBytes(checksum.getValue());
            }
        };
    }

    private Running ofHash() {
        MessageDigest hash;
        try {
            hash = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new Bug("every Java has " + algorithm, e);
        }
        return new Running() {
            @Override
            public void update(byte[] content, int from, int length) {
                hash.update(content, from, length);
            }

            @Override
            public byte[] finish() {
                return hash.digest();
            }
        };
    }

    /** The CRC of two runs of bytes, one behind the other, from the CRC of each. {@code length} is that of the second. */
    String joined(String first, String second, long length) {
        return Base64.getEncoder()
                .encodeToString(crcBytes(Crc64.join(polynomial, 8 * bytes, crcValue(first), crcValue(second), length)));
    }

    private byte[] crcBytes(long value) {
        byte[] whole = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        return Arrays.copyOfRange(whole, Long.BYTES - bytes, Long.BYTES);
    }

    private static long crcValue(String base64) {
        long value = 0;
        for (byte b : Base64.getDecoder().decode(base64)) {
            value = value << 8 | b & 0xFF;
        }
        return value;
    }
}
