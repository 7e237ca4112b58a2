package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The engine's own folder in a control group file system, and what an engine that was killed has left behind there. */
final class GroupFolders {
    private static final String PREFIX = "virga-";

    private static final int PEERS_PER_PROCESSOR = 4;

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

    /**
     * How many ordinary processes the workers together count for. A group weighs as much as one process of its parent: where Virga
     * itself lives in the root group, so do all other processes of the machine, and a compiler with ten threads would leave all
     * workers together a tenth of the processors. Where processes are grouped, by systemd for one, Virga's stands beside
     * those groups and needs no more.
     *
     * @param controller its name in {@code /proc/self/cgroup}; empty for version 2
     */
    static int peers(String controller) throws IOException {
        boolean inRoot = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> List.of(parts[1].split(",")).contains(controller))
                .anyMatch(parts -> parts[2].equals("/"));
        return inRoot ? PEERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors() : 1;
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
