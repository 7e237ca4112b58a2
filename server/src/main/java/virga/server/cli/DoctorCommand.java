package virga.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import virga.engine.isolation.Isolation;
import virga.engine.isolation.Isolations;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.Interpreter;
import virga.engine.runtimes.Interpreters;

@CommandLine.Command(
        name = "doctor",
        description =
                "Looks at the machine: what functions can run on it, how they are kept apart, and what is missing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final Map<Family, String> REMEDIES = Map.of(
            Family.NODEJS, "install Node.js 20 or later, so that nodejs functions can run",
            Family.PYTHON, "install Python 3.9 or later, so that python functions can run",
            Family.JAVA, "set JAVA_HOME to a JDK, so that java functions can run");

    private final Terminal terminal;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        terminal.line(terminal.bold("Virga itself"));
        good("Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        good(Runtime.getRuntime().availableProcessors() + " processors");
        terminal.line(terminal.bold("Functions"));
        Interpreters interpreters = new Interpreters();
        for (Family family : Family.values()) {
            if (family == Family.PROVIDED) {
                good("provided.*: brings its own bootstrap");
                continue;
            }
            List<Interpreter> found = interpreters.of(family);
            if (found.isEmpty()) {
                terminal.line("  " + terminal.yellow("- ") + family.prefix() + ": none found; " + REMEDIES.get(family));
            }
            for (Interpreter interpreter : found) {
                String sdk = family == Family.PYTHON && !interpreter.hasAwsLibrary()
                        ? " (without boto3: installed when first needed)"
                        : "";
                good(family.prefix() + " " + interpreter.version() + "  "
                        + terminal.faint(interpreter.executable().toString()) + sdk);
            }
        }
        terminal.line(terminal.bold("Keeping functions apart"));
        Path folder = Files.createTempDirectory("virga-doctor");
        try (Isolation isolation = Isolations.best(folder, folder, false)) {
            isolation.words().forEach(this::good);
            isolation.shortcomings().forEach(words -> terminal.line("  " + terminal.yellow("- ") + words));
        } finally {
            Files.deleteIfExists(folder);
        }
        return Command.OK;
    }

    private void good(String words) {
        terminal.line("  " + terminal.green("✓ ") + words);
    }
}
