package virga.engine.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The Unix modes of a zip archive's entries, by name. {@code java.util.zip} does not tell them, and Lambda keeps them: a
 * {@code bootstrap} without its executable bit does not start there either.
 *
 * <p>Source: APPNOTE.TXT, ".ZIP File Format Specification", sections 4.3.12, 4.3.16 and 4.4.15.
 */
final class UnixModes {
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY_LENGTH = 46;
    private static final int MADE_ON_UNIX = 3;
    private static final int LONGEST_COMMENT = 0xffff;

    private UnixModes() {}

    /** The modes (type bits included) of the entries that were made on Unix; others are absent. */
    static Map<String, Integer> of(Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            long tailStart = Math.max(0, channel.size() - END_LENGTH - LONGEST_COMMENT);
            ByteBuffer tail = read(channel, tailStart, (int) (channel.size() - tailStart));
            for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == END_OF_DIRECTORY) {
                    long length = Integer.toUnsignedLong(tail.getInt(at + 12));
                    long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                    return start + length <= channel.size() ? entries(read(channel, start, (int) length)) : Map.of();
                }
            }
            return Map.of();
        }
    }

    private static Map<String, Integer> entries(ByteBuffer directory) {
        Map<String, Integer> modes = new HashMap<>();
        int at = 0;
        while (at + ENTRY_LENGTH <= directory.limit() && directory.getInt(at) == DIRECTORY_ENTRY) {
            int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
            int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
            int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
            int next = at + ENTRY_LENGTH + nameLength + extraLength + commentLength;
            if (next > directory.limit()) {
                break;
            }
            byte[] name = new byte[nameLength];
            directory.get(at + ENTRY_LENGTH, name);
            if (directory.get(at + 5) == MADE_ON_UNIX) {
                modes.put(new String(name, StandardCharsets.UTF_8), directory.getInt(at + 38) >>> 16);
            }
            at = next;
        }
        return modes;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // A read may give less than was asked for.
        }
        return buffer.flip();
    }
}
