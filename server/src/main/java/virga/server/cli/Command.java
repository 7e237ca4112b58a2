package virga.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What commands that talk to a running cloud share: where it is, which environment is meant, and that people see them wait. */
abstract class Command implements Callable<Integer> {
    static final int OK = 0;
    static final int FAILED = Failures.FAILED;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Where the cloud is; without it VIRGA_ENDPOINT, then what ./virga up wrote down in this folder, "
                            + "then http://127.0.0.1:4566.")
    private String endpoint = "";

    @Option(
            names = {"--environment", "-e"},
            paramLabel = "NAME",
            description = "The environment that is meant (default: ${DEFAULT-VALUE}); ./virga env list shows them.",
            defaultValue = "default")
    private String environment = "default";

    private final Terminal terminal;

    Command(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @return the exit code */
    abstract int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException;

    /** What a person who waits is told that is being done; empty where the command shows that itself. */
    String doing() {
        return "waiting for the cloud";
    }

    @Override
    public final Integer call() throws RunningCloud.NotRunning, InterruptedException {
        Waiting waiting = Waiting.on(terminal, doing());
        try {
            return run(new RunningCloud(endpoint(), environment));
        } finally {
            waiting.close();
        }
    }

    Terminal terminal() {
        return terminal;
    }

    private String endpoint() {
        if (!endpoint.isEmpty()) {
            return endpoint;
        }
        String told = System.getenv("VIRGA_ENDPOINT");
        return told != null ? told : RunFile.in(Path.of(".virga")).endpoint();
    }

    /** Where a cloud that was started in this folder wrote down that it runs. */
    record RunFile(Path path) {
        private static final String STANDARD = "http://127.0.0.1:4566";

        static RunFile in(Path directory) {
            return new RunFile(directory.resolve("endpoint"));
        }

        String endpoint() {
            try {
                return Files.exists(path) ? Files.readString(path).strip() : STANDARD;
            } catch (IOException e) {
                return STANDARD;
            }
        }

        void write(String endpoint) throws IOException {
            Files.createDirectories(path.getParent());
            Files.writeString(path, endpoint + "\n");
        }

        void delete() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
