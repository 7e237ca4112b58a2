package virga.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import virga.server.Virga;
import virga.server.VirgaSettings;
import virga.server.demo.Demo;

@CommandLine.Command(
        name = "demo",
        description = "Deploys an application with a classic fault, sends it orders, and tells what happened.",
        mixinStandardHelpOptions = true,
        footer = {"  ./virga demo", "  ./virga demo --port 0", "  ./virga demo --check"})
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--check", description = "Stops at the end, with exit code 1 if any step did not hold.")
    private boolean check;

    @Option(
            names = "--port",
            description = "The port to listen on (default: 4566; another free one where it is in use).")
    private int port = VirgaSettings.PORT;

    @Option(
            names = "--application",
            description = "The application's folder (default: ${DEFAULT-VALUE}).",
            defaultValue = "examples/orders")
    private Path application = Path.of("examples/orders");

    private final Terminal terminal;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = home().resolve(application).normalize();
        if (!Files.exists(folder.resolve("template.yaml"))) {
            terminal.note("There is no template.yaml in " + folder);
            return Command.FAILED;
        }
        Path directory = Path.of(".virga").toAbsolutePath();
        Command.RunFile file = Command.RunFile.in(directory);
        try (Virga virga = Virga.start(VirgaSettings.onDisk(directory).withPort(port), terminal::note)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(virga::close));
            file.write(virga.endpoint());
            terminal.line(terminal.bold("Virga") + " answers at " + virga.endpoint() + ", state under " + directory);
            List<String> broken = new Demo(virga, terminal).run(folder);
            terminal.line();
            broken.forEach(step -> terminal.line(terminal.red("✗ ") + step));
            if (check || !broken.isEmpty()) {
                terminal.line(
                        broken.isEmpty() ? terminal.green("every step held") : terminal.red("the demo did not hold"));
                return broken.isEmpty() ? Command.OK : Command.FAILED;
            }
            next(virga.endpoint());
            virga.awaitStop();
            return Command.OK;
        } finally {
            file.delete();
        }
    }

    private void next(String endpoint) {
        terminal.line(terminal.bold("Look around") + terminal.faint("  it stays up until Ctrl-C"));
        terminal.line("  " + terminal.bold(endpoint + "/_virga/console")
                + terminal.faint("  the map, the traces, every hop"));
        terminal.line("  ./virga trace --logs                   " + terminal.faint("the latest order's story"));
        terminal.line("  ./virga logs Charge                    " + terminal.faint("what a function wrote"));
        terminal.line("  ./virga review                         "
                + terminal.faint("replays the newest event of each function"));
    }

    /** Where Virga itself is: the launcher says. */
    private static Path home() {
        String home = System.getenv("VIRGA_HOME");
        return home == null ? Path.of("").toAbsolutePath() : Path.of(home);
    }
}
