package virga.server.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import virga.kernel.Bytes;

/**
 * A folder or file as a zip archive. Entries are in order of their names and without times, so that the same files give the same archive;
 * they keep whether they can be executed, which a {@code bootstrap} must be. The layout is that of PKWARE's APPNOTE, 4.3.12 and 4.3.16.
 */
final class Archive {
    /** Folders of tools, which are no part of the code that they lie beside. */
    private static final List<String> FOLDERS_OF_TOOLS = List.of(".aws-sam", ".git", ".virga");

    private static final int END_LENGTH = 22;
    private static final int END_OFFSET_OF_DIRECTORY = 16;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int MADE_ON_UNIX = 3 << 8 | 20;
    private static final int PLAIN = 0100644;
    private static final int EXECUTABLE = 0100755;

    private Archive() {}

    static Bytes of(Path path) throws IOException {
        Map<String, Path> entries = entries(path);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Path> file : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        }
        byte[] archive = out.toByteArray();
        permit(ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN), entries);
        return Bytes.wrap(archive);
    }

    private static Map<String, Path> entries(Path path) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> FOLDERS_OF_TOOLS.stream()
                                .noneMatch(tool -> path.relativize(file).startsWith(tool)))
                        .forEach(file ->
                                entries.put(path.relativize(file).toString().replace('\\', '/'), file));
            }
        } else {
            entries.put(path.getFileName().toString(), path);
        }
        return entries;
    }

    /** Writes Unix modes into the archive's directory: java.util.zip has no place for them. */
    private static void permit(ByteBuffer archive, Map<String, Path> entries) {
        int end = archive.capacity() - END_LENGTH;
        int at = archive.getInt(end + END_OFFSET_OF_DIRECTORY);
        while (at >= 0 && at < end && archive.getInt(at) == ENTRY_SIGNATURE) {
            int nameLength = Short.toUnsignedInt(archive.getShort(at + 28));
            byte[] name = new byte[nameLength];
            archive.get(at + ENTRY_LENGTH, name);
            Path file = entries.get(new String(name, StandardCharsets.UTF_8));
            archive.putShort(at + 4, (short) MADE_ON_UNIX);
            archive.putInt(at + 38, (file != null && Files.isExecutable(file) ? EXECUTABLE : PLAIN) << 16);
            at += ENTRY_LENGTH
                    + nameLength
                    + Short.toUnsignedInt(archive.getShort(at + 30))
                    + Short.toUnsignedInt(archive.getShort(at + 32));
        }
    }
}
