package virga.engine.libraries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The user's own sources in a package, without its dependencies. */
final class Sources {
    /** A bundle may be long; what is longer is no source. */
    private static final long LARGEST_BYTES = 8 << 20;

    private Sources() {}

    /** The files with one of the {@code endings} and their text. @param without the name of folders to leave out */
    static Map<Path, String> of(Path folder, String without, String... endings) {
        Map<Path, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !file.toString().contains("/" + without + "/"))
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .forEach(file -> sources.put(file, text(file)));
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the sources in " + folder, e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.size(file) > LARGEST_BYTES
                    ? ""
                    : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
