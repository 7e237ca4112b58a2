package virga.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.function.FunctionVersion.Code;

/** Makes zip archives in memory, Unix modes included, which {@code java.util.zip} can not write. Entries are stored. */
final class TestingZip {
    private static final int MADE_ON_UNIX = 3 << 8 | 20;

    private record Entry(byte[] content, int mode) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    TestingZip file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8), 0100644);
    }

    TestingZip executable(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8), 0100755);
    }

    TestingZip file(String name, byte[] content, int mode) {
        entries.put(name, new Entry(content, mode));
        return this;
    }

    Code code() {
        byte[] zip = bytes();
        try {
            String sha = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
            return new Code(sha, ByteStream.of(Bytes.of(zip)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        entries.forEach((name, entry) -> {
            int offset = out.size();
            byte[] rawName = name.getBytes(StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(entry.content());
            byte[] common = ByteBuffer.allocate(22)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) 0x800)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt((int) crc.getValue())
                    .putInt(entry.content().length)
                    .putInt(entry.content().length)
                    .putShort((short) rawName.length)
                    .array();
            out.writeBytes(little(6, buffer -> buffer.putInt(0x04034b50).putShort((short) 20)));
            out.writeBytes(common);
            out.writeBytes(new byte[2]);
            out.writeBytes(rawName);
            out.writeBytes(entry.content());
            directory.writeBytes(little(
                    8,
                    buffer -> buffer.putInt(0x02014b50)
                            .putShort((short) MADE_ON_UNIX)
                            .putShort((short) 20)));
            directory.writeBytes(common);
            directory.writeBytes(little(
                    16, buffer -> buffer.putLong(0).putInt(entry.mode() << 16).putInt(offset)));
            directory.writeBytes(rawName);
        });
        int start = out.size();
        out.writeBytes(directory.toByteArray());
        out.writeBytes(little(
                22,
                buffer -> buffer.putInt(0x06054b50)
                        .putInt(0)
                        .putShort((short) entries.size())
                        .putShort((short) entries.size())
                        .putInt(directory.size())
                        .putInt(start)
                        .putShort((short) 0)));
        return out.toByteArray();
    }

    private static byte[] little(int length, java.util.function.Consumer<ByteBuffer> filling) {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        filling.accept(buffer);
        return buffer.array();
    }
}
