package virga.engine.runtimes;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The interpreters that this machine has, found on first use and then remembered: asking one for its version starts it. */
public final class Interpreters {
    private static final String NODE_QUESTION =
            "process.stdout.write(process.execPath + '\\n' + process.versions.node)";
    private static final String PYTHON_QUESTION = "import sys,importlib.util as u;"
            + "print(sys.executable);print('.'.join(map(str,sys.version_info[:3])));print(u.find_spec('boto3') is not None)";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Family, List<Interpreter>> found = new EnumMap<>(Family.class);

    /** Every interpreter of a family; none for {@code PROVIDED}, which brings its own. */
    public List<Interpreter> of(Family family) {
        lock.lock();
        try {
            return found.computeIfAbsent(family, Interpreters::find);
        } finally {
            lock.unlock();
        }
    }

    /** The interpreter nearest to {@code name}: the same version, else the next one up, else the next one down. */
    public Optional<Interpreter> nearest(RuntimeName name) {
        return of(name.family()).stream()
                .min(Comparator.comparingInt(name::distance)
                        .thenComparing(
                                Comparator.comparingInt(Interpreter::major).reversed())
                        .thenComparing(
                                Comparator.comparingInt(Interpreter::minor).reversed())
                        .thenComparing(interpreter -> !interpreter.hasAwsLibrary()));
    }

    private static List<Interpreter> find(Family family) {
        return switch (family) {
            case NODEJS -> probe(family, nodes(), List.of("-e", NODE_QUESTION));
            case PYTHON -> probe(family, pythons(), List.of("-I", "-c", PYTHON_QUESTION));
            case JAVA -> javas();
            case PROVIDED -> List.of();
        };
    }

    private static List<Interpreter> probe(Family family, List<Path> candidates, List<String> question) {
        Map<Path, Interpreter> byPath = new LinkedHashMap<>();
        for (Path candidate : candidates) {
            List<String> command = new ArrayList<>();
            command.add(candidate.toString());
            command.addAll(question);
            Shell.output(command)
                    .map(text -> text.split("\n"))
                    .filter(lines -> lines.length >= 2)
                    .ifPresent(lines -> {
                        Path executable = Path.of(lines[0]);
                        boolean aws = lines.length > 2 && lines[2].equals("True");
                        byPath.putIfAbsent(executable, Interpreter.of(family, executable, lines[1], aws));
                    });
        }
        return List.copyOf(byPath.values());
    }

    private static List<Path> nodes() {
        List<Path> candidates = new ArrayList<>();
        searchPath().forEach(folder -> candidates.addAll(matching(folder, "node")));
        for (Path version : matching(home(".nvm/versions/node"), "v*")) {
            candidates.addAll(matching(version.resolve("bin"), "node"));
        }
        return distinct(candidates);
    }

    private static List<Path> pythons() {
        List<Path> candidates = new ArrayList<>();
        searchPath().forEach(folder -> {
            candidates.addAll(matching(folder, "python3"));
            candidates.addAll(matching(folder, "python3.{?,??}"));
        });
        for (Path version : matching(home(".pyenv/versions"), "3*")) {
            candidates.addAll(matching(version.resolve("bin"), "python3"));
        }
        return distinct(candidates);
    }

    private static List<Interpreter> javas() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        homes.addAll(matching(Path.of("/usr/lib/jvm"), "*"));
        homes.addAll(matching(home(".sdkman/candidates/java"), "*"));
        for (Path bundle : matching(Path.of("/Library/Java/JavaVirtualMachines"), "*")) {
            homes.add(bundle.resolve("Contents/Home"));
        }
        Map<Path, Interpreter> byPath = new LinkedHashMap<>();
        for (Path home : distinct(homes)) {
            Path executable = home.resolve("bin/java");
            if (Files.isExecutable(executable)) {
                javaVersion(home)
                        .ifPresent(version -> byPath.putIfAbsent(
                                executable, Interpreter.of(Family.JAVA, executable, version, false)));
            }
        }
        return List.copyOf(byPath.values());
    }

    private static Optional<String> javaVersion(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The folders of the search path, without pyenv's shims: those are scripts that start the interpreters found elsewhere. */
    private static List<Path> searchPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty() && !folder.endsWith("/shims"))
                .map(Path::of)
                .toList();
    }

    private static Path home(String folder) {
        return Path.of(System.getProperty("user.home"), folder);
    }

    private static List<Path> matching(Path folder, String glob) {
        List<Path> matches = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(matches::add);
            } catch (IOException e) {
                return List.of();
            }
        }
        return matches;
    }

    /** One path for each real file, in the order found. */
    private static List<Path> distinct(List<Path> paths) {
        Map<Path, Path> byRealPath = new LinkedHashMap<>();
        for (Path path : paths) {
            try {
                byRealPath.putIfAbsent(path.toRealPath(), path);
            } catch (IOException e) {
                // A dangling link is no interpreter.
                continue;
            }
        }
        return List.copyOf(byRealPath.values());
    }
}
