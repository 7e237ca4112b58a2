package virga.console;

import java.time.Instant;
import java.util.List;

/** What the console has to know of environments beside their records. */
public interface Environments {
    /** Of those that are open, in the order to offer them. */
    List<String> names();

    /** The time in one of {@link #names}: its clock may have been moved. */
    Instant now(String environment);
}
