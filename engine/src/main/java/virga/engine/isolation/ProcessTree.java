package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A worker's process and what it started, where no control group holds them together. */
final class ProcessTree {
    private static final int KILOBYTES_PER_MEGABYTE = 1024;

    private ProcessTree() {}

    /** The process and its descendants, children first, so that none is orphaned before it is reached. */
    static List<ProcessHandle> of(ProcessHandle root) {
        return Stream.concat(root.descendants(), Stream.of(root)).toList();
    }

    static void signal(ProcessHandle root, int signal) {
        of(root).forEach(process -> NativeCalls.kill(process.pid(), signal));
    }

    /** A field of {@code /proc/PID/status} in megabytes, summed over the tree; 0 where the kernel does not tell. */
    static int megabytes(ProcessHandle root, String field) {
        return of(root).stream()
                .mapToInt(process -> megabytes(process.pid(), field))
                .sum();
    }

    /** The same of one process. */
    static int megabytes(long pid, String field) {
        return (int) (kilobytes(pid, field) / KILOBYTES_PER_MEGABYTE);
    }

    /** Whether a process is no more, or waits only for its end to be noticed. */
    static boolean ended(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name before the state is in parentheses and may hold anything.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException e) {
            return true;
        }
    }

    private static long kilobytes(long pid, String field) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith(field + ":")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
