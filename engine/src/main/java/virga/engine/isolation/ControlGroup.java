package virga.engine.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The kernel's hold on the processes of one worker: its memory, its share of the processors, and stopping and ending them all at once.
 *
 * <p>/tmp is memory to the kernel, but not to Lambda. So the kernel's limit is the function's memory and its /tmp together, and the
 * engine looks every few milliseconds whether the memory alone is over.
 *
 * <p>Source: "Control Groups version 1" and "Control Group v2", the Linux kernel's administration guide.
 */
interface ControlGroup {
    /** Sets the limit of memory; may be done again when a waiting worker is given its function. */
    void limit(Furnishing furnishing) throws IOException;

    /** Sets the share of the processors, in thousandths of one; shares matter only where there is less than is wanted. */
    void weigh(int milliProcessors);

    void join(long pid) throws IOException;

    /** The processes in the group now. */
    List<Long> processes();

    void freeze();

    void thaw();

    /** Memory in use that is not files, in megabytes. */
    int memoryMegabytes();

    /** Whether the kernel has ended a process of the group because its memory was over the limit. */
    boolean kernelKilled();

    /** Removes the group; false where its processes have not gone yet. */
    boolean remove();

    /** A kernel's way of grouping, on this machine. */
    interface Hierarchy {
        String words();

        ControlGroup make(String name) throws IOException;
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            // The group is gone, or going: what it was to do has no object any more.
            if (Files.exists(file)) {
                throw new UncheckedIOException("writing " + text + " to " + file, e);
            }
        }
    }

    /** The number behind {@code name} in a file of {@code name number} lines; 0 where there is none. */
    static long number(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name + " ")) {
                    return Long.parseLong(line.substring(name.length() + 1));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    static List<Long> processes(Path file) {
        try {
            return Files.readAllLines(file).stream().map(Long::valueOf).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
