package virga.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code virga up} on any free port, with its state in a folder. Closing kills it. */
final class VirgaProcess implements AutoCloseable {
    private static final Pattern ANSWERS = Pattern.compile("answers at (http://[0-9.:]+)");
    private static final int LOOK_MILLIS = 200;
    private static final int MOST_LOOKS = 150;

    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();
    private String endpoint = "";

    private VirgaProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts one and waits until it answers. */
    static VirgaProcess start(Path folder, String... options) {
        VirgaProcess started = launch(List.of(), folder, options);
        assertThat(started.awaitAnswering())
                .as(() -> "Virga starts; it said " + started.said)
                .isTrue();
        return started;
    }

    /** @param before what the command line begins with; may be empty */
    static VirgaProcess launch(List<String> before, Path folder, String... options) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "virga.server.cli.Main",
                "up",
                "--port",
                "0",
                "--state",
                folder.resolve("state").toString()));
        command.addAll(List.of(options));
        try {
            Files.createDirectories(folder);
            return new VirgaProcess(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until it says where it answers; false where it ended before. */
    boolean awaitAnswering() {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                Matcher answers = ANSWERS.matcher(line);
                if (answers.find()) {
                    endpoint = answers.group(1);
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return endpoint;
    }

    /** What it has said so far. */
    List<String> said() {
        return List.copyOf(said);
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}. @return the processes of its functions, which the next Virga ends where they do not end by themselves */
    List<ProcessHandle> kill() {
        List<ProcessHandle> below;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            below = descendants.toList();
        }
        process.toHandle().destroyForcibly();
        exitCode();
        return below;
    }

    static void awaitEnd(ProcessHandle ending) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            try {
                ending.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (hasEnded(ending)) {
                    return;
                }
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("still runs after Virga was killed: " + ending.info());
    }

    /** Where nobody waits for orphans, one that has ended stays in the list of processes. */
    private static boolean hasEnded(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return status.substring(status.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return true;
        }
    }

    int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        exitCode();
    }
}
