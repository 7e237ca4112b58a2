package virga.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import virga.engine.isolation.Furnishing;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeCalls.Reply;
import virga.engine.runtimeapi.RuntimeEndpoint;
import virga.engine.runtimes.Entrypoint;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.FunctionEnvironment;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;
import virga.engine.runtimes.Runtimes;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.function.FunctionVersion;

/** Prepares packages and starts workers. */
final class WorkerStarter {
    private static final DateTimeFormatter STREAM_DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    /** The AWS SDK for Java gives up after 30 s without an answer, botocore after 60 s. Source: their default socket timeouts. */
    private static final Duration PATIENCE_OF_CLIENTS = Duration.ofSeconds(20);

    private final EngineParts parts;
    private final WaitingWorkers waiting;
    private final JavaArchives archives;

    WorkerStarter(EngineParts parts) {
        this.parts = parts;
        this.waiting = new WaitingWorkers(parts);
        this.archives = new JavaArchives(parts);
    }

    /**
     * Takes a package that is deployed: as {@link #prepare}, but whoever deploys does not wait to the end of a long installation. The first
     * event does. @throws Unrunnable where this machine can not
     */
    void accept(FunctionVersion version) throws Unrunnable {
        PreparedPackage prepared = unpacked(version);
        parts.libraries().begin(prepared.chosen(), prepared.task(), prepared.layers(), PATIENCE_OF_CLIENTS);
    }

    /** Chooses the runtime, unpacks code and layers, installs what is missing. @throws Unrunnable where this machine can not */
    PreparedPackage prepare(FunctionVersion version) throws Unrunnable {
        PreparedPackage prepared = unpacked(version);
        parts.libraries().provide(prepared.chosen(), prepared.task(), prepared.layers());
        return prepared;
    }

    private PreparedPackage unpacked(FunctionVersion version) throws Unrunnable {
        Chosen chosen = parts.runtimes().choose(version.runtime());
        Path task = parts.packages().unpacked(version.code());
        Path layers = version.layers().isEmpty()
                ? parts.emptyFolder()
                : parts.packages().merged(version.layers());
        boolean needsBootstrap = chosen.name().family() == Family.PROVIDED;
        Optional<Path> bootstrap = needsBootstrap ? Runtimes.bootstrap(task, layers) : Optional.empty();
        return new PreparedPackage(
                chosen,
                task,
                layers,
                bootstrap,
                needsBootstrap ? entrypointRefusal(bootstrap, task) : Optional.empty());
    }

    private static Optional<String> entrypointRefusal(Optional<Path> bootstrap, Path task) throws Unrunnable {
        if (bootstrap.isEmpty()) {
            return Optional.of("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        }
        Path file = bootstrap.get();
        return Entrypoint.refusal(file, Path.of(file.startsWith(task) ? "/var/task" : "/opt", "bootstrap"));
    }

    /** Installs what a function failed for lack of, if that is something which Lambda's runtime contains. */
    Optional<LackedLibrary> getLacked(FunctionVersion version, Bytes error) {
        try {
            Chosen chosen = parts.runtimes().choose(version.runtime());
            return parts.libraries()
                    .missing(chosen, error.utf8())
                    .map(name -> new LackedLibrary(
                            name, parts.libraries().add(chosen, name).orElse("")));
        } catch (Unrunnable e) {
            throw new Bug("a function ran on a runtime that is not there", e);
        }
    }

    /** The name of a new log stream: {@code 2026/11/23/[$LATEST]<32 hex>}. */
    String logStream(FunctionVersion version) {
        Ports ports = environment(version);
        return STREAM_DAY.format(ports.clock().now()) + "/[" + version.version() + "]"
                + ports.ids().hex(32);
    }

    /** Starts a process for {@code version}, or takes one that waits; it is not ready yet. */
    Worker start(FunctionVersion version, PreparedPackage prepared, String logStream) {
        Ports ports = environment(version);
        Credentials credentials = parts.identities().issue(version.scope(), version.roleArn(), version.name());
        WorkerLog log = new WorkerLog(parts.recorder(), ports.clock(), version.scope(), version.logGroup(), logStream);
        long startedNanos = parts.machine().clock().nanos();
        try {
            Optional<StartedProcess> ahead = waiting.serves(prepared.chosen(), version)
                    ? waiting.take(prepared.chosen(), version)
                    : Optional.empty();
            StartedProcess started;
            if (ahead.isPresent()) {
                started = furnished(ahead.get(), version, prepared, credentials, logStream);
            } else {
                started = launched(version, prepared, credentials, logStream);
            }
            started.process()
                    .onExit()
                    .thenAccept(ended -> started.conversation().tell(new WorkerEvent.Exited(ended.exitValue())));
            Worker.Parts made = new Worker.Parts(
                    started,
                    log,
                    new WorkerOutput(started.process(), log),
                    credentials,
                    parts.identities(),
                    startedNanos);
            return new Worker(made, ports, parts.machine());
        } catch (IOException e) {
            parts.identities().revoke(credentials.accessKeyId());
            throw new UncheckedIOException("starting a worker of " + version.arn(), e);
        }
    }

    /** Does in the background what makes the next start of such a worker faster. */
    void replenish(FunctionVersion version, PreparedPackage prepared) {
        waiting.replenish(prepared.chosen(), version);
        if (prepared.chosen().name().family() == Family.JAVA) {
            archives.make(prepared.chosen());
        }
    }

    int waitingWorkers() {
        return waiting.count();
    }

    void close() {
        waiting.close();
    }

    private StartedProcess launched(
            FunctionVersion version, PreparedPackage prepared, Credentials credentials, String logStream)
            throws IOException {
        Conversation conversation = new Conversation(parts.machine().clock());
        RuntimeEndpoint endpoint = new RuntimeEndpoint(parts.machine().threads(), conversation);
        try {
            Sandbox sandbox = parts.isolation().open(furnishing(version, prepared));
            try {
                LaunchPlan plan = plan(version, prepared, credentials, logStream, sandbox, endpoint);
                return new StartedProcess(sandbox, endpoint, conversation, sandbox.start(plan));
            } catch (IOException e) {
                sandbox.close();
                throw e;
            }
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
    }

    private StartedProcess furnished(
            StartedProcess ahead,
            FunctionVersion version,
            PreparedPackage prepared,
            Credentials credentials,
            String logStream)
            throws IOException {
        try {
            ahead.sandbox().furnish(furnishing(version, prepared));
        } catch (IOException e) {
            ahead.end();
            throw e;
        }
        LaunchPlan plan = plan(version, prepared, credentials, logStream, ahead.sandbox(), ahead.endpoint());
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        ObjectNode variables = identity.putObject("environment");
        plan.environment().forEach(variables::put);
        identity.put("directory", plan.directory().toString());
        ahead.conversation().identify(new Reply(200, Map.of(), Bytes.ofUtf8(identity.toString())));
        return ahead;
    }

    private LaunchPlan plan(
            FunctionVersion version,
            PreparedPackage prepared,
            Credentials credentials,
            String logStream,
            Sandbox sandbox,
            RuntimeEndpoint endpoint) {
        Placement placement = sandbox.placement();
        Path bootstrap = prepared.bootstrap()
                .map(file -> file.startsWith(prepared.task())
                        ? placement.task().resolve("bootstrap")
                        : placement.layers().resolve("bootstrap"))
                .orElse(placement.task());
        SortedMap<String, String> variables = FunctionEnvironment.of(
                version,
                placement,
                credentials,
                logStream,
                parts.config().endpointUrl(),
                prepared.chosen().folder(),
                "on-demand");
        variables.put("AWS_LAMBDA_RUNTIME_API", endpoint.address());
        return parts.runtimes().plan(prepared.chosen(), version, placement, bootstrap, variables);
    }

    private Furnishing furnishing(FunctionVersion version, PreparedPackage prepared) {
        return new Furnishing(
                "w" + parts.machine().ids().hex(16),
                prepared.task(),
                prepared.layers(),
                parts.runtimeFiles(),
                parts.libraries().folder(),
                version.memoryMegabytes(),
                version.temporaryMegabytes());
    }

    private Ports environment(FunctionVersion version) {
        return parts.environments().apply(version.scope().environment());
    }
}
