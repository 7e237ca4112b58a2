package virga.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SortedMap;
import virga.engine.isolation.Furnishing;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeEndpoint;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.FunctionEnvironment;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;
import virga.engine.runtimes.Runtimes;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.function.FunctionVersion;

/** Prepares packages and starts workers. */
final class WorkerStarter {
    private static final DateTimeFormatter STREAM_DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    private final EngineParts parts;

    WorkerStarter(EngineParts parts) {
        this.parts = parts;
    }

    /** Chooses the runtime, unpacks code and layers, installs what is missing. @throws Unrunnable where this machine can not */
    PreparedPackage prepare(FunctionVersion version) throws Unrunnable {
        Chosen chosen = parts.runtimes().choose(version.runtime());
        Path task = parts.packages().unpacked(version.code());
        Path layers = version.layers().isEmpty()
                ? parts.emptyFolder()
                : parts.packages().merged(version.layers());
        boolean needsBootstrap = chosen.name().family() == Family.PROVIDED;
        Optional<Path> bootstrap = needsBootstrap ? Runtimes.bootstrap(task, layers) : Optional.empty();
        parts.libraries().provide(chosen, task);
        return new PreparedPackage(chosen, task, layers, needsBootstrap, bootstrap);
    }

    /** The name of a new log stream: {@code 2026/11/23/[$LATEST]<32 hex>}. */
    String logStream(FunctionVersion version) {
        Ports ports = environment(version);
        return STREAM_DAY.format(ports.clock().now()) + "/[" + version.version() + "]"
                + ports.ids().hex(32);
    }

    /** Starts a process for {@code version}; it is not ready yet. */
    Worker start(FunctionVersion version, PreparedPackage prepared, String logStream) {
        Ports ports = environment(version);
        Credentials credentials = parts.identities().issue(version.scope(), version.roleArn(), version.name());
        WorkerLog log = new WorkerLog(parts.recorder(), ports.clock(), version.scope(), version.logGroup(), logStream);
        Conversation conversation = new Conversation(parts.machine().clock());
        long startedNanos = parts.machine().clock().nanos();
        try {
            RuntimeEndpoint endpoint = new RuntimeEndpoint(parts.machine().threads(), conversation);
            Sandbox sandbox = parts.isolation().open(furnishing(version, prepared));
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
            LaunchPlan plan = parts.runtimes().plan(prepared.chosen(), version, placement, bootstrap, variables);
            Process process = launch(sandbox, endpoint, plan);
            process.onExit().thenAccept(ended -> conversation.tell(new WorkerEvent.Exited(ended.exitValue())));
            WorkerOutput output = new WorkerOutput(process, log);
            Worker.Parts made = new Worker.Parts(
                    sandbox,
                    process,
                    conversation,
                    endpoint,
                    log,
                    output,
                    credentials,
                    parts.identities(),
                    startedNanos);
            return new Worker(made, ports, parts.machine());
        } catch (IOException e) {
            parts.identities().revoke(credentials.accessKeyId());
            throw new UncheckedIOException("starting a worker of " + version.arn(), e);
        }
    }

    private static Process launch(Sandbox sandbox, RuntimeEndpoint endpoint, LaunchPlan plan) throws IOException {
        try {
            return sandbox.start(plan);
        } catch (IOException e) {
            sandbox.close();
            endpoint.close();
            throw e;
        }
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
