package virga.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import virga.engine.packages.PackageStore;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.Recorder;
import virga.kernel.Scope;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.FunctionVersion.Code;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.kernel.function.WorkerIdentities;
import virga.kernel.system.SystemPorts;

/** An engine with a small cloud around it that keeps what the engine tells. Each test has its own. */
final class TestingCloud implements Recorder, WorkerIdentities, AutoCloseable {
    static final Scope SCOPE = new Scope("default", "000000000000", "eu-central-1");
    static final String TRACE = "1-6923a1b2-0123456789abcdef01234567";

    final Ports ports;
    final ProcessEngine engine;
    final List<CallRecord> records = new CopyOnWriteArrayList<>();
    final List<LogEvent> log = new CopyOnWriteArrayList<>();
    final List<String> counted = new CopyOnWriteArrayList<>();
    final List<String> notices = new CopyOnWriteArrayList<>();
    final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    final Map<String, Cause> attributed = new ConcurrentHashMap<>();
    final List<String> revoked = new CopyOnWriteArrayList<>();
    private final AtomicInteger keys = new AtomicInteger();
    private final Path directory;

    record LogEvent(String group, String stream, Instant at, String message, String causeId) {}

    TestingCloud() {
        this(config -> config);
    }

    TestingCloud(UnaryOperator<EngineConfig> change) {
        try {
            directory = Files.createTempDirectory("virga-engine-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ports = SystemPorts.of(7, Duration.ZERO, bugs::add);
        Ports machine = SystemPorts.of(8, Duration.ZERO, bugs::add);
        EngineConfig config = EngineConfig.of(directory, "http://localhost:4566")
                .withLibraries(new EngineConfig.Libraries(directory.resolve("libraries"), false))
                .withStartAhead(0);
        engine = new ProcessEngine(change.apply(config), environment -> ports, machine, this, this, notices::add);
    }

    /** Where installed libraries are. */
    Path libraries() {
        return directory.resolve("libraries");
    }

    /** Where the runtimes' files are. */
    Path runtimes() throws IOException {
        try (var folders = Files.list(directory.resolve("runtimes"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    FunctionVersion function(String runtime, String handler, Code code) {
        return version(runtime, handler, code, 256, Duration.ofSeconds(20), Map.of(), -1, List.of());
    }

    FunctionVersion version(
            String runtime,
            String handler,
            Code code,
            int memoryMegabytes,
            Duration timeout,
            Map<String, String> environment,
            int reserved,
            List<Code> layers) {
        return new FunctionVersion(
                "version-" + code.sha256(),
                SCOPE,
                "arn:aws:lambda:eu-central-1:000000000000:function:shop",
                "shop",
                "$LATEST",
                runtime,
                handler,
                "x86_64",
                code,
                layers,
                memoryMegabytes,
                timeout,
                512,
                environment,
                "arn:aws:iam::000000000000:role/shop-role",
                "/aws/lambda/shop",
                reserved);
    }

    Outcome invoke(FunctionVersion version, String payload) throws InterruptedException {
        return engine.invoke(version, invocation(version, payload, ports.ids().uuid()));
    }

    Invocation invocation(FunctionVersion version, String payload, String requestId) {
        return new Invocation(
                requestId,
                Bytes.ofUtf8(payload),
                List.of(new Cause(TRACE, "call-1", "sqs")),
                version.arn(),
                "",
                42,
                "",
                ports.clock().now());
    }

    /** The answer of an invocation that must succeed. */
    String answer(FunctionVersion version, String payload) throws InterruptedException {
        Outcome outcome = invoke(version, payload);
        if (outcome instanceof Outcome.Returned returned) {
            return returned.payload().utf8();
        }
        throw new AssertionError("not returned: " + describe(outcome));
    }

    /** The failure of an invocation that must fail. */
    Outcome.Failed failure(FunctionVersion version, String payload) throws InterruptedException {
        Outcome outcome = invoke(version, payload);
        if (outcome instanceof Outcome.Failed failed) {
            return failed;
        }
        throw new AssertionError("not failed: " + describe(outcome));
    }

    String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned returned -> "returned " + returned.payload().utf8() + "\n" + returned.logTail();
            case Outcome.Failed failed -> "failed " + failed.payload().utf8() + "\n" + failed.logTail();
            case Outcome.Throttled throttled -> "throttled " + throttled.reason();
            case Outcome.Refused refused -> "refused " + refused.reason();
        };
    }

    List<String> messages() {
        return log.stream().map(LogEvent::message).toList();
    }

    @Override
    public void record(CallRecord record) {
        records.add(record);
    }

    @Override
    public void count(Scope scope, String service, String operation, String outcome) {
        counted.add(service + ":" + operation + ":" + outcome);
    }

    @Override
    public void log(Scope scope, String logGroup, String logStream, Instant at, String message, String causeId) {
        synchronized (log) {
            log.add(new LogEvent(logGroup, logStream, at, message, causeId));
            log.notifyAll();
        }
    }

    /** Waits until {@code times} messages that begin with {@code start} have been logged. */
    void awaitLog(String start, int times) throws InterruptedException {
        synchronized (log) {
            while (log.stream()
                            .filter(event -> event.message().startsWith(start))
                            .count()
                    < times) {
                log.wait();
            }
        }
    }

    /** Waits until the engine has {@code count} processes started ahead; their start is on a thread of the engine's. */
    void awaitWaiting(int count) throws InterruptedException {
        while (engine.waitingWorkers() < count) {
            ports.clock().sleep(Duration.ofMillis(5));
        }
    }

    /** An invocation on a thread of its own; what came of it can be taken from the answer. */
    FutureTask<Outcome> invokeAside(FunctionVersion version, String payload) {
        FutureTask<Outcome> task = new FutureTask<>(() -> invoke(version, payload));
        Thread.startVirtualThread(task);
        return task;
    }

    @Override
    public Credentials issue(Scope scope, String roleArn, String sessionName) {
        return new Credentials("ASIATEST" + keys.incrementAndGet(), "secret", "token", Instant.MAX);
    }

    @Override
    public void attribute(String accessKeyId, Cause cause) {
        attributed.put(accessKeyId, cause);
    }

    @Override
    public void revoke(String accessKeyId) {
        revoked.add(accessKeyId);
    }

    @Override
    public void close() {
        engine.close();
        try {
            PackageStore.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!bugs.isEmpty()) {
            throw new AssertionError("a thread died", bugs.getFirst());
        }
    }
}
