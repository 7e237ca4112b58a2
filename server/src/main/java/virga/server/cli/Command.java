package virga.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import virga.kernel.Fault;

/** What commands that talk to a running cloud share: where it is, which environment is meant, and how failures are told. */
abstract class Command implements Callable<Integer> {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int NOT_RUNNING = 3;

    @Option(
            names = "--endpoint",
            description = "Where the cloud is; found by itself where ./virga up runs in this folder.")
    private String endpoint = "";

    @Option(
            names = {"--environment", "-e"},
            description = "The environment that is meant (default: ${DEFAULT-VALUE}).",
            defaultValue = "default")
    private String environment = "default";

    private final Terminal terminal;

    Command(Terminal terminal) {
        this.terminal = terminal;
    }

    abstract int run(RunningCloud cloud) throws RunningCloud.NotRunning, InterruptedException;

    @Override
    public final Integer call() {
        try {
            return run(new RunningCloud(endpoint(), environment));
        } catch (RunningCloud.NotRunning nobody) {
            terminal.note(nobody.getMessage());
            return NOT_RUNNING;
        } catch (Fault fault) {
            terminal.note(terminal.red(fault.code()) + ": " + fault.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
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
