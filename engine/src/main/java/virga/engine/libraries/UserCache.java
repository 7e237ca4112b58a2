package virga.engine.libraries;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder in which Virga keeps what all projects of a user share. Source: the XDG Base Directory Specification. */
public final class UserCache {
    private UserCache() {}

    /** {@code VIRGA_CACHE}, else {@code virga} in {@code XDG_CACHE_HOME}, else in {@code ~/.cache}. */
    public static Path folder() {
        return folder(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Path folder(Map<String, String> environment, Path home) {
        return set(environment, "VIRGA_CACHE")
                .orElseGet(() -> set(environment, "XDG_CACHE_HOME")
                        // The specification: a relative path is to be ignored.
                        .filter(Path::isAbsolute)
                        .orElse(home.resolve(".cache"))
                        .resolve("virga"))
                .toAbsolutePath();
    }

    private static Optional<Path> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
