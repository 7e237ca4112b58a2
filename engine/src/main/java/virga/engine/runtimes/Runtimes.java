package virga.engine.runtimes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.engine.Unrunnable;
import virga.kernel.function.FunctionVersion;

/** Chooses the interpreter for a function and makes the command that starts a worker of it. */
public final class Runtimes {
    private final Interpreters interpreters;
    private final Path runtimeFiles;
    private final boolean strict;

    /**
     * @param runtimeFiles what Virga brings, as {@link RuntimeFiles} unpacked it
     * @param strict refuse a runtime version that the machine lacks instead of taking its nearest neighbour
     */
    public Runtimes(Interpreters interpreters, Path runtimeFiles, boolean strict) {
        this.runtimeFiles = runtimeFiles;
        this.interpreters = interpreters;
        this.strict = strict;
    }

    /** What a function will run on; {@code interpreter} is empty for a runtime of the user's own. */
    public record Chosen(RuntimeName name, Optional<Interpreter> interpreter) {
        /** For {@code INIT_START}: what really runs. */
        public String version() {
            return interpreter
                    .map(found -> found.family().prefix() + ":" + found.version())
                    .orElse(name.identifier());
        }

        /** Where the interpreter is; Lambda's own place for a runtime that needs none. */
        public Path folder() {
            return interpreter.map(found -> found.executable().getParent()).orElse(Path.of("/var/lang/bin"));
        }
    }

    /** @throws Unrunnable in words for the person who deploys */
    public Chosen choose(String runtime) throws Unrunnable {
        RuntimeName name = RuntimeName.parse(runtime)
                .orElseThrow(() ->
                        new Unrunnable("Virga runs nodejs, python, java and provided runtimes, and not " + runtime));
        if (name.family() == Family.PROVIDED) {
            return new Chosen(name, Optional.empty());
        }
        Interpreter nearest = interpreters
                .nearest(name)
                .orElseThrow(() -> new Unrunnable("runtime " + runtime + " needs " + program(name.family())
                        + ", and this machine has none on its search path: install it, then invoke again"));
        if (strict && name.distance(nearest) > 0) {
            throw new Unrunnable(
                    "runtime " + runtime + " needs " + name.family().prefix() + " " + wanted(name)
                            + "; this machine has " + nearest.version()
                            + " at the nearest, and strict runtimes forbid a neighbouring version");
        }
        return new Chosen(name, Optional.of(nearest));
    }

    /** What the person who deploys should know about {@code chosen}: nothing where it is exactly what was asked for. */
    public List<String> warnings(Chosen chosen, String architecture) {
        List<String> warnings = new ArrayList<>();
        chosen.interpreter()
                .filter(found -> chosen.name().distance(found) > 0)
                .ifPresent(found -> warnings.add("runtime " + chosen.name().identifier() + " is not on this machine: "
                        + chosen.name().family().prefix() + " " + found.version() + " runs in its place"));
        if (!architecture.equals(machineArchitecture()) && chosen.name().family() != Family.PROVIDED) {
            warnings.add("the function asks for " + architecture + " and runs on " + machineArchitecture()
                    + ": native modules in its package will not load");
        }
        return warnings;
    }

    /** {@code x86_64} or {@code arm64}, in Lambda's words. */
    public static String machineArchitecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    }

    /** The executable of a runtime of the user's own, in the package or a layer; empty where neither has one. */
    public static Optional<Path> bootstrap(Path task, Path layers) {
        for (Path folder : List.of(task, layers)) {
            Path candidate = folder.resolve("bootstrap");
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * The command of a worker.
     *
     * @param environment as {@link FunctionEnvironment} made it; what the runtime adds to it is in the answer
     */
    public LaunchPlan plan(
            Chosen chosen,
            FunctionVersion version,
            Placement placement,
            Path bootstrap,
            SortedMap<String, String> environment) {
        SortedMap<String, String> added = addedBy(chosen, placement);
        added.putAll(environment);
        return switch (chosen.name().family()) {
            case NODEJS ->
                new LaunchPlan(nodeCommand(chosen, placement, version.memoryMegabytes()), added, placement.task());
            case PYTHON -> new LaunchPlan(pythonCommand(chosen, placement), added, placement.task());
            case JAVA ->
                new LaunchPlan(
                        JavaCommand.of(chosen, placement, runtimeFiles, version.memoryMegabytes(), version.handler()),
                        added,
                        placement.task());
            case PROVIDED -> new LaunchPlan(List.of(bootstrap.toString()), added, placement.task());
        };
    }

    /** The command that starts a worker of a family before its function is known. Only for Node.js and Python. */
    public List<String> commandAhead(Chosen chosen, Placement placement, int memoryMegabytes) {
        return chosen.name().family() == Family.NODEJS
                ? nodeCommand(chosen, placement, memoryMegabytes)
                : pythonCommand(chosen, placement);
    }

    private static List<String> nodeCommand(Chosen chosen, Placement placement, int memoryMegabytes) {
        return List.of(
                executable(chosen),
                "--expose-gc",
                "--max-http-header-size=81920",
                "--max-old-space-size=" + memoryMegabytes * 9 / 10,
                placement.runtime().resolve("nodejs/bootstrap.cjs").toString());
    }

    private static List<String> pythonCommand(Chosen chosen, Placement placement) {
        return List.of(
                executable(chosen),
                "-B",
                placement.runtime().resolve("python/bootstrap.py").toString());
    }

    private static SortedMap<String, String> addedBy(Chosen chosen, Placement placement) {
        SortedMap<String, String> added = new TreeMap<>();
        Path layers = placement.layers();
        switch (chosen.name().family()) {
            case NODEJS -> {
                int major = chosen.interpreter().orElseThrow().major();
                added.put(
                        "NODE_PATH",
                        String.join(
                                ":",
                                layers.resolve("nodejs/node" + major + "/node_modules")
                                        .toString(),
                                layers.resolve("nodejs/node_modules").toString(),
                                placement
                                        .libraries()
                                        .resolve("nodejs/current/node_modules")
                                        .toString(),
                                placement.task().toString()));
            }
            case PYTHON -> {
                Interpreter python = chosen.interpreter().orElseThrow();
                String version = "python" + python.major() + "." + python.minor();
                added.put("PYTHONPATH", placement.runtime().toString());
                added.put(
                        "VIRGA_PYTHON_FIRST",
                        layers.resolve("python/lib/" + version + "/site-packages") + ":" + layers.resolve("python"));
                added.put(
                        "VIRGA_PYTHON_LAST",
                        placement.libraries().resolve(version + "/current").toString());
            }
            case JAVA -> added.put("_LAMBDA_TELEMETRY_LOG_FD", "1");
            case PROVIDED -> {
                // Nothing: such a runtime finds what it needs by itself.
            }
        }
        return added;
    }

    private static String executable(Chosen chosen) {
        return chosen.interpreter().orElseThrow().executable().toString();
    }

    private static String program(Family family) {
        return switch (family) {
            case NODEJS -> "node";
            case PYTHON -> "python3";
            case JAVA -> "a JDK";
            case PROVIDED -> "bootstrap";
        };
    }

    private static String wanted(RuntimeName name) {
        return name.family() == Family.PYTHON ? name.major() + "." + name.minor() : Integer.toString(name.major());
    }
}
