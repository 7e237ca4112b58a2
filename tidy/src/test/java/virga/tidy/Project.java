package virga.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The project's own source files. */
final class Project {
    private Project() {}

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("tidy/pom.xml")) ? here : here.getParent();
    }

    /** Content by path relative to the project, in order; generated and example code is left out. */
    static Map<String, String> javaFiles() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root(), 20)) {
            paths.filter(path -> path.toString().endsWith(".java"))
                    .map(path -> root().relativize(path).toString().replace('\\', '/'))
                    .filter(path -> !path.contains("target/") && !path.startsWith("examples/") && !path.startsWith("."))
                    .forEach(path -> files.put(path, read(root().resolve(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
