package virga.engine.runtimes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import virga.engine.runtimes.Runtimes.Chosen;

/**
 * The command of a Java worker: Lambda's own runtime interface client, with the flags that Lambda starts Java with, for which starting
 * fast matters more than running long.
 */
public final class JavaCommand {
    /** The name under which a training run leaves its archive in /tmp. */
    public static final Path TRAINED = Path.of("runtime.jsa");

    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    /** A handler that every Java has: it takes the event as a map and returns nothing. */
    private static final String TRAINING_HANDLER = "java.util.HashMap::putAll";

    private JavaCommand() {}

    /** Where the class archive for {@code chosen} is kept, as {@code runtime}'s folder is seen. */
    public static Path archive(Path runtime, Chosen chosen) {
        return runtime.resolve(
                "java/archives/" + chosen.interpreter().orElseThrow().version() + ".jsa");
    }

    /** A worker's command. @param runtimeFiles where {@code placement.runtime()} is on the machine */
    static List<String> of(Chosen chosen, Placement placement, Path runtimeFiles, int memoryMegabytes, String handler) {
        List<String> command = flags(chosen, placement);
        command.add("-Xmx" + memoryMegabytes * 85 / 100 + "m");
        if (privateMounts(placement)) {
            if (Files.exists(archive(runtimeFiles, chosen))) {
                command.add("-XX:SharedArchiveFile=" + archive(placement.runtime(), chosen));
            }
            command.addAll(List.of("-jar", launcher(placement)));
        } else {
            // The client looks for layers at /opt only, where they are not here.
            command.addAll(optionsOfLauncher(chosen));
            command.addAll(List.of(
                    "-cp", launcher(placement) + ":" + placement.layers().resolve("java/lib") + "/*", MAIN));
        }
        command.add(handler);
        return command;
    }

    /** The command of a process that handles one event and, told to end, leaves an archive of its classes in /tmp. */
    public static List<String> training(Chosen chosen, Placement placement) {
        List<String> command = flags(chosen, placement);
        command.add("-XX:ArchiveClassesAtExit=" + placement.temporary().resolve(TRAINED));
        command.addAll(List.of("-jar", launcher(placement), TRAINING_HANDLER));
        return command;
    }

    private static List<String> flags(Chosen chosen, Placement placement) {
        List<String> command = new ArrayList<>();
        command.add(chosen.interpreter().orElseThrow().executable().toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.add("-Djava.io.tmpdir=" + placement.temporary());
        return command;
    }

    /** What the launcher's manifest says to a Java that is started with {@code -jar}. */
    private static List<String> optionsOfLauncher(Chosen chosen) {
        int major = chosen.interpreter().orElseThrow().major();
        List<String> options = new ArrayList<>();
        if (major >= 9) {
            options.add("--add-opens=java.base/java.io=ALL-UNNAMED");
        }
        if (major >= 24) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        return options;
    }

    private static String launcher(Placement placement) {
        return placement.runtime().resolve("java/launcher.jar").toString();
    }

    private static boolean privateMounts(Placement placement) {
        return placement.layers().equals(Path.of("/opt"));
    }
}
