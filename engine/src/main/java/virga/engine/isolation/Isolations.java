package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;

/** Finds out how well workers can be kept apart on this machine. */
public final class Isolations {
    private Isolations() {}

    /**
     * The best that works here, found by trying.
     *
     * @param folders where each worker's own folder is made, if it needs one
     * @param packages the folder under which all unpacked packages are
     * @param plain take plain folders whatever else would work
     */
    public static Isolation best(Path folders, Path packages, boolean plain) {
        Launcher launcher = new Launcher();
        if (plain) {
            return new PlainIsolation(launcher, folders, "plain workers are configured");
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            return new PlainIsolation(launcher, folders, "private mounts need Linux");
        }
        try {
            return new MountedIsolation(launcher, packages, hierarchy());
        } catch (IOException | IllegalArgumentException e) {
            launcher.close();
            return new PlainIsolation(new Launcher(), folders, "private mounts need root on Linux: " + e.getMessage());
        }
    }

    private static ControlGroup.Hierarchy hierarchy() throws IOException {
        try {
            return new ControlGroupsTwo();
        } catch (IOException noSecondVersion) {
            try {
                return new ControlGroupsOne();
            } catch (IOException noFirstVersion) {
                throw new IOException("no control groups (" + noSecondVersion.getMessage() + "; "
                        + noFirstVersion.getMessage() + ")");
            }
        }
    }
}
