package virga.store.rocksdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JVM of its own that runs a main class of these tests, to be killed. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** @param before what the command line begins with, such as a limit; may be empty */
    static ChildProcess start(List<String> before, Class<?> main, String... arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The next whole line; empty at the end of what the process wrote. */
    Optional<String> line() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    /** {@code kill -9}, and what it had still written, whole lines only. */
    List<String> kill() throws IOException, InterruptedException {
        // Process.destroyForcibly would close the stream that the last lines are still in.
        process.toHandle().destroyForcibly();
        StringBuilder rest = new StringBuilder();
        for (int next = output.read(); next >= 0; next = output.read()) {
            rest.append((char) next);
        }
        process.waitFor();
        int end = rest.lastIndexOf("\n");
        return end < 0 ? List.of() : rest.substring(0, end).lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
