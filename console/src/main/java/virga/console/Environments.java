package virga.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import virga.observe.Names;

/** What the console has to know of environments beside their records. */
public interface Environments {
    /** Of those that are open, in the order to offer them. */
    List<String> names();

    /** What the resources of an environment are called. */
    Names names(String environment);

    /** The time in an environment, whose clock may have been moved; empty where it is not open. */
    Optional<Instant> now(String environment);
}
