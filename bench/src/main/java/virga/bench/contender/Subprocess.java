package virga.bench.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import virga.kernel.Clock;

/** A process of the machine. What it says goes into a file. */
public final class Subprocess implements AutoCloseable {
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);
    private static final int MOST_MINUTES = 5;
    private static final int TAIL = 20;

    private final Process process;
    private final Path log;
    private final Clock clock;

    private Subprocess(Process process, Path log, Clock clock) {
        this.process = process;
        this.log = log;
        this.clock = clock;
    }

    /** @param folder where it runs, made if it is not there */
    static Subprocess start(List<String> command, Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("output.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Subprocess(process, log, clock);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The end of what it said. */
    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /** Waits for its end. @throws IOException where it fails or does not end, with its last words */
    public void awaitSuccess() throws IOException, InterruptedException {
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            throw new IOException("no end after " + MOST_MINUTES + " minutes:\n" + lastWords());
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + ":\n" + lastWords());
        }
    }

    /** Its time on processors so far, and that of the processes it started. */
    long processorNanos() {
        return family().mapToLong(each ->
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** Memory that it alone has resident, as the operating system's {@code ps} tells. */
    long residentBytes() throws IOException, InterruptedException {
        return residentBytes(process.pid());
    }

    /** Memory that the processes it started have resident; pages that several share count for each. */
    long residentBytesOfChildren() throws IOException, InterruptedException {
        long sum = 0;
        for (ProcessHandle child : process.descendants().toList()) {
            sum += residentBytes(child.pid());
        }
        return sum;
    }

    private static long residentBytes(long pid) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String answer = new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        ps.waitFor();
        return answer.isEmpty() ? 0 : Long.parseLong(answer) * 1024;
    }

    /** Asks it to end, and ends it where it does not. */
    @Override
    public void close() {
        process.destroy();
        Clock.Alarm impatient = clock.at(clock.now().plus(TIME_TO_END), process::destroyForcibly);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            impatient.cancel();
        }
    }
}
