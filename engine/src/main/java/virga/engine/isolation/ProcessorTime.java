package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the threads of a worker got of the processors, all together: those that live.
 *
 * <p>Source: "Scheduler Statistics", the Linux kernel's documentation, the first two numbers of {@code schedstat}.
 *
 * @param usedNanos how long they ran
 * @param awaitedNanos how long they were ready to run and did not; 0 where the kernel does not tell
 */
public record ProcessorTime(long usedNanos, long awaitedNanos) {
    static ProcessorTime of(List<Long> processes) {
        long used = 0;
        long awaited = 0;
        for (long process : processes) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process + "/task"))) {
                for (Path thread : threads) {
                    String[] numbers = Files.readString(thread.resolve("schedstat"))
                            .strip()
                            .split(" ");
                    used += Long.parseLong(numbers[0]);
                    awaited += Long.parseLong(numbers[1]);
                }
            } catch (IOException | DirectoryIteratorException e) {
                // It has ended, or the kernel does not count: what is known so far is as much as there is.
                continue;
            }
        }
        return new ProcessorTime(used, awaited);
    }

    /**
     * How much of {@code elapsedNanos}, since {@code before}, the machine kept the worker from running. Threads that wait at the same
     * time count once: at most what is left when all processors had run for it.
     */
    public long heldUpNanos(ProcessorTime before, long elapsedNanos) {
        long used = (usedNanos - before.usedNanos) / Runtime.getRuntime().availableProcessors();
        return Math.clamp(awaitedNanos - before.awaitedNanos, 0, Math.max(0, elapsedNanos - used));
    }
}
