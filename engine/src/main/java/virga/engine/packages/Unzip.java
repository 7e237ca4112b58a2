package virga.engine.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import virga.engine.Unrunnable;

/** Unpacks one zip archive into an empty directory: nothing lands outside it, modes and symbolic links are kept. */
final class Unzip {
    private static final int FILE_TYPE = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int LONGEST_LINK = 4096;

    private final Path root;
    private final long limitBytes;
    private long written;

    private Unzip(Path root, long limitBytes) {
        this.root = root;
        this.limitBytes = limitBytes;
    }

    /** Returns the number of bytes written. @throws Unrunnable where the archive is broken, unsafe or over {@code limitBytes} */
    static long into(Path root, Path archive, long limitBytes) throws IOException, Unrunnable {
        Unzip unzip = new Unzip(root, limitBytes);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            Map<String, Integer> modes = UnixModes.of(archive);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                unzip.unpack(zip, entry, modes.getOrDefault(entry.getName(), 0));
            }
        } catch (ZipException e) {
            throw new Unrunnable("Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
        return unzip.written;
    }

    private void unpack(ZipFile zip, ZipEntry entry, int mode) throws IOException, Unrunnable {
        Path target = root.resolve(entry.getName().replace('\\', '/')).normalize();
        if (!target.startsWith(root)) {
            throw new Unrunnable("the archive has an entry that would land outside the package: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
            if ((mode & FILE_TYPE) == SYMBOLIC_LINK) {
                link(target, new String(in.readNBytes(LONGEST_LINK), java.nio.charset.StandardCharsets.UTF_8));
            } else {
                copy(in, target);
                permit(target, mode);
            }
        } catch (FileAlreadyExistsException e) {
            throw new Unrunnable("the archive names a file twice: " + entry.getName());
        }
    }

    private void link(Path link, String to) throws IOException, Unrunnable {
        Path target = link.getParent().resolve(to).normalize();
        if (to.startsWith("/") || !target.startsWith(root)) {
            throw new Unrunnable(
                    "the archive has a symbolic link that leaves the package: " + root.relativize(link) + " -> " + to);
        }
        Files.createSymbolicLink(link, Path.of(to));
    }

    private void copy(InputStream in, Path target) throws IOException, Unrunnable {
        // A link made by an earlier entry must not carry this one elsewhere.
        if (!target.getParent().toRealPath().startsWith(root.toRealPath())) {
            throw new Unrunnable("the archive writes through a symbolic link: " + root.relativize(target));
        }
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                written += read;
                if (written > limitBytes) {
                    throw new Unrunnable(
                            "Unzipped size must be smaller than " + PackageStore.UNZIPPED_LIMIT_BYTES + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static void permit(Path file, int mode) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        // The owner must be able to read and, at clean-up, replace; an archive without modes gives plain readable
        // files.
        int bits = (mode & 0777) == 0 ? 0644 : (mode & 0777) | 0600;
        StringBuilder text = new StringBuilder(9);
        for (int bit = 8; bit >= 0; bit--) {
            text.append((bits >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(text.toString());
        Files.setPosixFilePermissions(file, permissions);
    }
}
