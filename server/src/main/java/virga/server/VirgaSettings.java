package virga.server;

import java.nio.file.Path;
import virga.cloud.Settings;
import virga.store.rocksdb.Durability;

/**
 * How a Virga is started.
 *
 * @param port to listen on; 0 for any that is free
 * @param files where packages, runtimes and workers have their files
 * @param environment the settings of new environments
 * @param seed of chance in new environments
 */
public record VirgaSettings(State state, int port, Path files, Settings environment, long seed, Functions functions) {
    /** The port that the tools and libraries of other emulators expect. */
    public static final int PORT = 4566;

    /** Where environments keep their state. */
    public sealed interface State {
        /** In memory: gone with the process. */
        record Memory() implements State {}

        /** On disk, under {@code directory}. */
        record Disk(Path directory, Durability durability) implements State {}
    }

    /**
     * How functions are run.
     *
     * @param strictRuntimes refuse a runtime version that the machine lacks
     * @param startAhead workers that wait ready before they are needed
     */
    public record Functions(boolean strictRuntimes, int startAhead) {
        public static final Functions DEFAULT = new Functions(false, 1);
    }

    public VirgaSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535: " + port);
        }
        files = files.toAbsolutePath().normalize();
    }

    /** All in memory, on any free port: for tests. {@code files} is the caller's to remove. */
    public static VirgaSettings inMemory(Path files) {
        return new VirgaSettings(new State.Memory(), 0, files, Settings.DEFAULT, 1, new Functions(false, 0));
    }

    /** State under {@code directory}/state, files beside it. */
    public static VirgaSettings onDisk(Path directory) {
        return new VirgaSettings(
                new State.Disk(directory.resolve("state"), Durability.PROCESS_KILL),
                PORT,
                directory,
                Settings.DEFAULT,
                1,
                Functions.DEFAULT);
    }

    public VirgaSettings withPort(int other) {
        return new VirgaSettings(state, other, files, environment, seed, functions);
    }

    public VirgaSettings withState(State other) {
        return new VirgaSettings(other, port, files, environment, seed, functions);
    }
}
