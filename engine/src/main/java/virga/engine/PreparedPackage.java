package virga.engine;

import java.nio.file.Path;
import java.util.Optional;
import virga.engine.runtimes.Runtimes.Chosen;

/**
 * A function's files, unpacked and checked, on the machine's disk.
 *
 * @param bootstrap the executable of a runtime of the user's own
 * @param entrypointRefusal why that can not be started, in Lambda's words; empty where it can, or where none is needed
 */
record PreparedPackage(
        Chosen chosen, Path task, Path layers, Optional<Path> bootstrap, Optional<String> entrypointRefusal) {}
