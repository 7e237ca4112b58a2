package virga.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import virga.server.Virga;
import virga.server.VirgaSettings;
import virga.server.VirgaSettings.State;
import virga.store.rocksdb.Durability;

@CommandLine.Command(
        name = "up",
        description =
                "Starts a cloud and keeps it up until Ctrl-C or ./virga down (./virga up --detach returns once it answers).",
        mixinStandardHelpOptions = true,
        footer = {"  ./virga up", "  ./virga up --memory --port 4570", "  ./virga up --state /var/lib/virga --sync"})
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on (default: 4566; another free one where it is in use).")
    private int port = VirgaSettings.PORT;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "The folder for all state (default: ${DEFAULT-VALUE}).",
            defaultValue = ".virga")
    private Path directory = Path.of(".virga");

    @Option(names = "--memory", description = "Keeps the state in memory: gone with the process.")
    private boolean memory;

    @Option(
            names = "--sync",
            description = "Acknowledged state survives a loss of power too, not only of the process; slower.")
    private boolean sync;

    private final Terminal terminal;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Virga virga = Virga.start(settings(), terminal::note)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(virga::close));
            Command.RunFile file = Command.RunFile.in(Path.of(".virga"));
            file.write(virga.endpoint());
            terminal.line(terminal.bold("Virga") + " answers at " + virga.endpoint()
                    + (memory
                            ? ", state in memory"
                            : ", state under " + directory.toAbsolutePath().normalize()));
            terminal.line(
                    "  point any AWS tool at it:  eval \"$(./virga credentials)\"   or   ./virga exec -- aws s3 ls");
            terminal.line("  stop it with Ctrl-C or ./virga down");
            try {
                virga.awaitStop();
            } finally {
                file.delete();
            }
            return Command.OK;
        }
    }

    private VirgaSettings settings() {
        if (port < 0 || port > 65535) {
            throw Failures.usage("--port must be from 0 to 65535, not " + port);
        }
        VirgaSettings settings =
                VirgaSettings.onDisk(directory.toAbsolutePath().normalize()).withPort(port);
        if (memory) {
            return settings.withState(new State.Memory());
        }
        return sync && settings.state() instanceof State.Disk disk
                ? settings.withState(new State.Disk(disk.directory(), Durability.POWER_LOSS))
                : settings;
    }
}
