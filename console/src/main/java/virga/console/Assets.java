package virga.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

    private static final Map<String, File> FILES = new TreeMap<>(Map.of(
            "", new File("console.html", HTML),
            "console.css", new File("console.css", CSS),
            "console.js", new File("console.js", SCRIPT),
            "map.js", new File("map.js", SCRIPT),
            "traces.js", new File("traces.js", SCRIPT),
            "trace.js", new File("trace.js", SCRIPT),
            "dom.js", new File("dom.js", SCRIPT),
            "icon.svg", new File("icon.svg", "image/svg+xml"),
            "dagre.js", new File("/META-INF/resources/webjars/dagre/0.8.4/dist/dagre.min.js", SCRIPT)));

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
