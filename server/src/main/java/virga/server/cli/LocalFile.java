package virga.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was named on the command line. */
final class LocalFile {
    private LocalFile() {}

    /** @throws virga.kernel.Fault where it is not there or is no file, with the path in full */
    static Path existing(String what, Path path) {
        Path full = path.toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            throw Failures.usage("the " + what + " " + full + " is a folder; name a file in it");
        }
        if (!Files.exists(path)) {
            throw Failures.usage("there is no " + what + " " + full);
        }
        return path;
    }

    /** Its content. */
    static String text(String what, Path path) {
        try {
            return Files.readString(existing(what, path));
        } catch (IOException e) {
            throw Failures.usage("cannot read the " + what + " " + path + ": " + e);
        }
    }
}
