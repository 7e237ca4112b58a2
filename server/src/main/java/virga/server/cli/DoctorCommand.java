package virga.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import virga.engine.isolation.Isolation;
import virga.engine.isolation.Isolations;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.Interpreter;
import virga.engine.runtimes.Interpreters;
import virga.kernel.Plural;

@CommandLine.Command(
        name = "doctor",
        description = {
            "Looks at the machine: what functions can run on it, how they are kept apart, and what is missing. Needs no cloud.",
            "With --json: an object with java, runtimes, missing and isolation."
        },
        mixinStandardHelpOptions = true,
        footer = {"  ./virga doctor", "  ./virga doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final Map<Family, String> REMEDIES = Map.of(
            Family.NODEJS, "install Node.js 20 or later, so that nodejs functions can run",
            Family.PYTHON, "install Python 3.9 or later, so that python functions can run",
            Family.JAVA, "set JAVA_HOME to a JDK, so that java functions can run");

    private final Terminal terminal;

    @Mixin
    private Telling telling;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What was found: of a family that has no interpreter here, the list is empty. */
    private record Found(List<Family> families, Interpreters interpreters, List<String> apart, List<String> lacking) {}

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("virga-doctor");
        Found found;
        try (Isolation isolation = Isolations.best(folder, folder, false)) {
            List<Family> families = List.of(Family.values()).stream()
                    .filter(family -> family != Family.PROVIDED)
                    .toList();
            found = new Found(families, new Interpreters(), isolation.words(), isolation.shortcomings());
        } finally {
            Files.deleteIfExists(folder);
        }
        telling.tell(terminal, fact(found), () -> words(found));
        return Command.OK;
    }

    private static ObjectNode fact(Found found) {
        ObjectNode fact = RunningCloud.object();
        fact.putObject("java")
                .put("version", Runtime.version().toString())
                .put("os", System.getProperty("os.name"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", Runtime.getRuntime().availableProcessors());
        ArrayNode runtimes = fact.putArray("runtimes");
        ArrayNode missing = fact.putArray("missing");
        for (Family family : found.families()) {
            List<Interpreter> interpreters = found.interpreters().of(family);
            if (interpreters.isEmpty()) {
                missing.addObject().put("family", family.prefix()).put("remedy", REMEDIES.get(family));
            }
            for (Interpreter interpreter : interpreters) {
                runtimes.addObject()
                        .put("family", family.prefix())
                        .put("version", interpreter.version())
                        .put("executable", interpreter.executable().toString())
                        .put("needsSdk", needsLibrary(interpreter));
            }
        }
        ObjectNode isolation = fact.putObject("isolation");
        found.apart().forEach(isolation.putArray("inForce")::add);
        found.lacking().forEach(isolation.putArray("missing")::add);
        return fact;
    }

    private void words(Found found) {
        terminal.line(terminal.bold("Virga itself"));
        good("Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        good(Plural.of(Runtime.getRuntime().availableProcessors(), "processor"));
        terminal.line(terminal.bold("Functions"));
        for (Family family : found.families()) {
            List<Interpreter> interpreters = found.interpreters().of(family);
            if (interpreters.isEmpty()) {
                lacking(family.prefix() + ": none found; " + REMEDIES.get(family));
            }
            for (Interpreter interpreter : interpreters) {
                good(family.prefix() + " " + interpreter.version() + "  "
                        + terminal.faint(interpreter.executable().toString())
                        + (needsLibrary(interpreter) ? " (without boto3: installed when first needed)" : ""));
            }
        }
        good("provided.*: brings its own bootstrap");
        terminal.line(terminal.bold("Keeping functions apart"));
        found.apart().forEach(this::good);
        found.lacking().forEach(this::lacking);
    }

    private static boolean needsLibrary(Interpreter interpreter) {
        return interpreter.family() == Family.PYTHON && !interpreter.hasAwsLibrary();
    }

    private void good(String words) {
        terminal.line("  " + terminal.green("✓ ") + words);
    }

    private void lacking(String words) {
        terminal.line("  " + terminal.yellow("- ") + words);
    }
}
