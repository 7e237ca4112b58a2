package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine's own folder in a control group file system, and what an engine that was killed has left behind there. */
final class GroupFolders {
    private static final String PREFIX = "virga-";

    private GroupFolders() {}

    /** This process's folder under {@code mount}; removes those of processes that are no more. */
    static Path own(Path mount) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(mount, PREFIX + "*")) {
            for (Path other : others) {
                long pid = Long.parseLong(other.getFileName().toString().substring(PREFIX.length()));
                if (ProcessHandle.of(pid).isEmpty()) {
                    removeTree(other);
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("a control group named like Virga's that is not: under " + mount, e);
        }
        return Files.createDirectories(
                mount.resolve(PREFIX + ProcessHandle.current().pid()));
    }

    /** A group's folder can be removed only when no process is in it. */
    static boolean remove(Path folder) {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void removeTree(Path folder) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path child : children) {
                ControlGroup.processes(child.resolve("cgroup.procs"))
                        .forEach(pid -> NativeCalls.kill(pid, NativeCalls.SIGKILL));
                remove(child);
            }
        } catch (IOException e) {
            // Another engine that starts just now removes it too.
            return;
        }
        remove(folder);
    }
}
