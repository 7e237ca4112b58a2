package virga.engine.isolation;

import java.nio.file.Path;

/** Finds out how well workers can be kept apart on this machine. */
public final class Isolations {
    private Isolations() {}

    /**
     * The best that works here.
     *
     * @param folders where each worker's own folder is made
     * @param plain take plain folders whatever else would work
     */
    public static Isolation best(Path folders, boolean plain) {
        return new PlainIsolation(folders, plain ? "as configured" : "private mounts are not done yet");
    }
}
