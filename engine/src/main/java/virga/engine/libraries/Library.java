package virga.engine.libraries;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The AWS SDK of one language: what functions need of it, and the tool that installs it. */
interface Library {
    /** The folder under which it is installed. */
    String folder();

    /** The packages of the SDK that the code imports and that neither it nor its layers have. */
    SortedSet<String> needed(Path task, Path layers);

    /** The package of the SDK whose absence {@code error}, an error as the runtime reports it, complains of. */
    Optional<String> missing(String error);

    /** Whether {@code installed} has the package. */
    boolean has(Path installed, String name);

    /** The command that adds packages to {@code installed}. */
    List<String> installation(Path installed, Collection<String> names);
}
