package virga.bench.contender;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import virga.bench.Section;
import virga.bench.contender.Contender.Api;
import virga.kernel.Clock;

/** Knows every contender, and starts them, each in a folder of its own. */
public final class Contenders implements AutoCloseable {
    private static final double SHARE_OF_THE_SLOW = 0.1;

    private final Path home;
    private final Path folder;
    private final Clock clock;
    private final AtomicInteger started = new AtomicInteger();
    private final ConcurrentLinkedDeque<Subprocess> running = new ConcurrentLinkedDeque<>();

    /**
     * @param home the project's folder
     * @param folder for what contenders write; removed at the end
     */
    public Contenders(Path home, Path folder, Clock clock) {
        this.home = home;
        this.folder = folder;
        this.clock = clock;
    }

    public Contender virgaInMemory() {
        return new Contender(
                "Virga, memory",
                Set.of(Api.values()),
                port -> List.of(launcher(), "up", "--memory", "--port", Integer.toString(port)),
                1);
    }

    public Contender virgaOnDisk() {
        return new Contender(
                "Virga, RocksDB",
                Set.of(Api.values()),
                port -> List.of(launcher(), "up", "--port", Integer.toString(port)),
                1);
    }

    /** Virga both ways, then the peers that answer {@code api}; those that are not on this machine are named in {@code section}. */
    public List<Contender> answering(Api api, Section section) {
        List<Contender> found = new ArrayList<>(List.of(virgaInMemory(), virgaOnDisk()));
        found.addAll(peers(section).stream()
                .filter(peer -> peer.services().contains(api))
                .toList());
        return found;
    }

    /** The peers that are on this machine. */
    public List<Contender> peers(Section section) {
        List<Contender> found = new ArrayList<>();
        peerOfJars("dynamodb-local", "DynamoDB Local 2.6.1", section, jars -> dynamoDbLocal(jars))
                .forEach(found::add);
        peerOfJars("elasticmq", "ElasticMQ 1.7.1", section, jars -> elasticMq(jars))
                .forEach(found::add);
        if (isOnPath("moto_server")) {
            found.add(new Contender(
                    "moto (Python)",
                    Set.of(Api.values()),
                    port -> List.of("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port)),
                    SHARE_OF_THE_SLOW));
        } else {
            section.note("Skipped: moto, for moto_server is not on the path.");
        }
        return found;
    }

    private interface OfJars {
        Contender from(Path jars);
    }

    private Stream<Contender> peerOfJars(String name, String words, Section section, OfJars peer) {
        Path jars = home.resolve("bench/target/peers").resolve(name);
        if (Files.isDirectory(jars)) {
            return Stream.of(peer.from(jars));
        }
        section.note("Skipped: " + words + ", for its jars could not be fetched.");
        return Stream.empty();
    }

    private static Contender dynamoDbLocal(Path jars) {
        return new Contender(
                "DynamoDB Local, memory",
                Set.of(Api.DYNAMODB),
                port -> List.of(
                        java(),
                        "-Djava.library.path=" + jars,
                        "-cp",
                        jars + "/*",
                        "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                        "-inMemory",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port)),
                1);
    }

    private static Contender elasticMq(Path jars) {
        return new Contender(
                "ElasticMQ, memory",
                Set.of(Api.SQS),
                port -> List.of(
                        java(),
                        "-Drest-sqs.bind-hostname=127.0.0.1",
                        "-Drest-sqs.bind-port=" + port,
                        "-Dnode-address.port=" + port,
                        "-Drest-stats.enabled=false",
                        "-cp",
                        jars + "/*",
                        "org.elasticmq.server.Main"),
                1);
    }

    /** A server, started; it may not answer yet. */
    public Server start(Contender contender) throws IOException {
        return start(contender, ownFolder());
    }

    /** A server, started in a folder that others may have used before it. */
    public Server start(Contender contender, Path where) throws IOException {
        int port = freePort();
        Subprocess process = run(contender.command().apply(port), where);
        return new Server(contender, port, process, clock);
    }

    /** The {@code virga} command, in a folder of its own. */
    public Subprocess virga(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(arguments);
        return run(command, ownFolder());
    }

    private Subprocess run(List<String> command, Path where) throws IOException {
        Subprocess process = Subprocess.start(command, where, clock);
        running.add(process);
        return process;
    }

    /** The project's folder. */
    public Path home() {
        return home;
    }

    /** A folder that nothing else uses; it need not be there yet. */
    public Path ownFolder() {
        return folder.resolve("c" + started.incrementAndGet());
    }

    private String launcher() {
        return home.resolve("virga").toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Whether a command can be found. */
    public static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends every process that still runs and removes what they wrote. */
    @Override
    public void close() throws IOException {
        for (Subprocess process = running.poll(); process != null; process = running.poll()) {
            process.close();
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
