package virga.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.engine.isolation.Isolations;
import virga.engine.libraries.RuntimeLibraries;
import virga.engine.packages.PackageStore;
import virga.engine.runtimes.Interpreters;
import virga.engine.runtimes.RuntimeFiles;
import virga.engine.runtimes.Runtimes;
import virga.kernel.Ports;
import virga.kernel.Recorder;
import virga.kernel.Scope;
import virga.kernel.function.FunctionEngine;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.kernel.function.WorkerIdentities;

/** Runs functions as processes of this machine. One engine serves every environment of a cloud. */
public final class ProcessEngine implements FunctionEngine, AutoCloseable {
    private final EngineParts parts;
    private final WorkerStarter starter;
    private final Concurrency concurrency;
    private final Map<String, InvocationRun> running = new ConcurrentHashMap<>();
    private final Map<PoolKey, WorkerPool> pools = new ConcurrentHashMap<>();

    /** Workers are shared by events of one version in one environment: a fork has the same version, and workers of its own. */
    private record PoolKey(Scope scope, String arn, String versionId) {}

    /**
     * @param environments the ports of an environment, by its name: functions' time limits are on its clock
     * @param machine the machine's own ports, whose clock is never moved or frozen
     * @param notices told in words of slow things and of what is missing on the machine
     */
    public ProcessEngine(
            EngineConfig config,
            Function<String, Ports> environments,
            Ports machine,
            Recorder recorder,
            WorkerIdentities identities,
            Consumer<String> notices) {
        Path directory = config.directory();
        Path runtimeFiles = RuntimeFiles.unpackedUnder(directory.resolve("runtimes"));
        Runtimes runtimes = new Runtimes(new Interpreters(), runtimeFiles, config.strictRuntimes());
        this.parts = new EngineParts(
                config,
                environments,
                machine,
                recorder,
                identities,
                new PackageStore(directory.resolve("packages")),
                runtimes,
                new RuntimeLibraries(
                        madeOrElse(config.libraries().folder(), directory.resolve("libraries")),
                        config.libraries().install(),
                        machine,
                        notices),
                Isolations.best(directory.resolve("workers"), directory.resolve("packages"), config.plainWorkers()),
                runtimeFiles,
                made(directory.resolve("empty")),
                notices);
        this.starter = new WorkerStarter(parts);
        this.concurrency = new Concurrency(config.accountConcurrency());
    }

    /** How workers are kept apart on this machine, one fact a line, for {@code virga doctor}. */
    public List<String> isolation() {
        return parts.isolation().words();
    }

    @Override
    public String refusal(FunctionVersion version) {
        try {
            starter.accept(version);
            return "";
        } catch (Unrunnable e) {
            return e.getMessage();
        }
    }

    @Override
    public List<String> warnings(FunctionVersion version) {
        try {
            List<String> warnings = new ArrayList<>(
                    parts.runtimes().warnings(parts.runtimes().choose(version.runtime()), version.architecture()));
            for (FunctionVersion.Code layer : version.layers()) {
                if (Files.isDirectory(parts.packages().unpacked(layer).resolve("extensions"))) {
                    warnings.add("a layer has external extensions: Virga does not start them");
                }
            }
            warnings.addAll(parts.isolation().shortcomings());
            return warnings;
        } catch (Unrunnable e) {
            return List.of(e.getMessage());
        }
    }

    @Override
    public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
        Optional<String> throttled = concurrency.enter(version);
        if (throttled.isPresent()) {
            parts.recorder().count(version.scope(), "lambda", "Invocation", "Throttled");
            return new Outcome.Throttled(throttled.get());
        }
        try {
            InvocationRun run = new InvocationRun(parts, starter, pool(version), version, invocation);
            running.put(invocation.requestId(), run);
            return run.run();
        } catch (Unrunnable e) {
            return new Outcome.Refused(e.getMessage());
        } finally {
            running.remove(invocation.requestId());
            concurrency.leave(version);
        }
    }

    @Override
    public void retire(String functionArn) {
        pools.forEach((key, pool) -> {
            if (key.arn().equals(functionArn) && pools.remove(key, pool)) {
                pool.retire();
            }
        });
    }

    @Override
    public boolean kill(String requestId) {
        InvocationRun run = running.get(requestId);
        return run != null && run.kill();
    }

    @Override
    public void retireEnvironment(String environment) {
        pools.forEach((key, pool) -> {
            if (key.scope().environment().equals(environment) && pools.remove(key, pool)) {
                pool.retireAtOnce();
            }
        });
    }

    /** Ends every worker. */
    @Override
    public void close() {
        pools.forEach((key, pool) -> {
            if (pools.remove(key, pool)) {
                pool.retireAtOnce();
            }
        });
        starter.close();
        parts.isolation().close();
    }

    /** Workers that wait for an event, of every version of the function. */
    public int idleWorkers(String functionArn) {
        return pools.entrySet().stream()
                .filter(entry -> entry.getKey().arn().equals(functionArn))
                .mapToInt(entry -> entry.getValue().idleWorkers())
                .sum();
    }

    /** Processes that were started ahead and wait to be told which function they are. */
    public int waitingWorkers() {
        return starter.waitingWorkers();
    }

    private WorkerPool pool(FunctionVersion version) {
        return pools.computeIfAbsent(
                new PoolKey(version.scope(), version.arn(), version.id()),
                unused -> new WorkerPool(
                        parts.environments()
                                .apply(version.scope().environment())
                                .clock(),
                        parts.config().idleTime()));
    }

    /** The folder of all projects, or this one's own where the user has no home that can be written. */
    private static Path madeOrElse(Path shared, Path own) {
        try {
            Files.createDirectories(shared);
            return Files.isWritable(shared) ? shared : made(own);
        } catch (IOException e) {
            return made(own);
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("making " + folder, e);
        }
    }
}
