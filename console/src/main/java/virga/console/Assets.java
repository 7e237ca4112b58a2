package virga.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.kernel.Bug;
import virga.kernel.Bytes;

/** The files of the page, by name. The list is closed: no path leads anywhere else on the class path. */
final class Assets {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private record File(String resource, String contentType) {}

    private static final Map<String, File> FILES = files();

    private static Map<String, File> files() {
        Map<String, File> files = new TreeMap<>();
        files.put("", new File("console.html", HTML));
        files.put("icon.svg", new File("icon.svg", "image/svg+xml"));
        files.put("dagre.js", new File("/META-INF/resources/webjars/dagre/0.8.4/dist/dagre.min.js", SCRIPT));
        for (String name : List.of("console", "map", "trace")) {
            files.put(name + ".css", new File(name + ".css", CSS));
        }
        for (String name : List.of(
                "address",
                "api",
                "code",
                "console",
                "dom",
                "empty",
                "hop",
                "hops",
                "kinds",
                "layout",
                "logs",
                "map",
                "resource",
                "theme",
                "trace",
                "traces",
                "view")) {
            files.put(name + ".js", new File(name + ".js", SCRIPT));
        }
        return files;
    }

    private Assets() {}

    /** @param name below the console's path; empty for the page */
    static Optional<ConsoleAnswer> find(String name) {
        return Optional.ofNullable(FILES.get(name)).map(Assets::read);
    }

    private static ConsoleAnswer read(File file) {
        try (InputStream in = Assets.class.getResourceAsStream(file.resource)) {
            if (in == null) {
                throw new Bug("the console was packaged without " + file.resource);
            }
            return new ConsoleAnswer(200, file.contentType, Bytes.wrap(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
