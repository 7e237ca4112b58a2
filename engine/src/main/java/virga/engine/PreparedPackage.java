package virga.engine;

import java.nio.file.Path;
import java.util.Optional;
import virga.engine.runtimes.Runtimes.Chosen;

/**
 * A function's files, unpacked and checked, on the machine's disk.
 *
 * @param bootstrap the executable of a runtime of the user's own
 */
record PreparedPackage(Chosen chosen, Path task, Path layers, boolean needsBootstrap, Optional<Path> bootstrap) {
    boolean lacksBootstrap() {
        return needsBootstrap && bootstrap.isEmpty();
    }
}
