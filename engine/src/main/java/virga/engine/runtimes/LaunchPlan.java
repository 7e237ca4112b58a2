package virga.engine.runtimes;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A command with its whole environment: nothing of Virga's own is inherited. */
public record LaunchPlan(List<String> command, SortedMap<String, String> environment, Path directory) {
    public LaunchPlan {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}
