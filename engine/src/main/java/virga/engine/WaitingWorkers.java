package virga.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.engine.isolation.Furnishing;
import virga.engine.isolation.Priority;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeEndpoint;
import virga.engine.runtimes.Family;
import virga.engine.runtimes.FunctionEnvironment;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.kernel.Clock;
import virga.kernel.function.FunctionVersion;

/**
 * Processes started ahead of need, for the runtimes and memory sizes used of late: an interpreter that has loaded its bootstrap and
 * waits to be told which function it is. The function's files are put into its mounts, and its environment replaces the process's
 * own, before any of its code is loaded. A function whose variables an interpreter reads when it starts gets a fresh process.
 */
final class WaitingWorkers {
    private static final int MOST_KINDS = 4;
    private static final int DEFAULT_TEMPORARY_MEGABYTES = 512;
    /** Variables with these beginnings matter before the first line of a bootstrap runs. */
    private static final List<String> READ_AT_START = List.of(
            "NODE_", "PYTHON", "LD_", "LC_", "LANG", "UV_", "MALLOC_", "GLIBC_", "OPENSSL_", "AWS_LAMBDA_EXEC_WRAPPER");

    private final EngineParts parts;
    private final LinkedHashMap<Kind, Deque<Waiting>> waiting = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    private record Kind(Chosen chosen, int memoryMegabytes) {}

    private record Waiting(StartedProcess process, Clock.Alarm expiry) {}

    WaitingWorkers(EngineParts parts) {
        this.parts = parts;
    }

    /** Whether a process that has started already can become a worker of {@code version} as if it had been started for it. */
    boolean serves(Chosen chosen, FunctionVersion version) {
        Family family = chosen.name().family();
        return parts.config().startAhead() > 0
                && parts.isolation().furnishesLater()
                && (family == Family.NODEJS || family == Family.PYTHON)
                && version.environment().keySet().stream()
                        .noneMatch(name -> READ_AT_START.stream().anyMatch(name::startsWith));
    }

    /** A living process that waits, if there is one of this kind. */
    Optional<StartedProcess> take(Chosen chosen, FunctionVersion version) {
        while (true) {
            Waiting first;
            synchronized (this) {
                first = waiting.getOrDefault(new Kind(chosen, version.memoryMegabytes()), new ArrayDeque<>())
                        .poll();
            }
            if (first == null) {
                return Optional.empty();
            }
            first.expiry().cancel();
            if (first.process().process().isAlive()) {
                return Optional.of(first.process());
            }
            first.process().end();
        }
    }

    /** Sees to it, in the background, that the next worker like this one finds a process waiting. */
    void replenish(Chosen chosen, FunctionVersion version) {
        if (serves(chosen, version)) {
            Kind kind = new Kind(chosen, version.memoryMegabytes());
            parts.machine().threads().start("worker-ahead", () -> {
                try {
                    while (lacks(kind)) {
                        add(kind, start(kind));
                    }
                } catch (IOException e) {
                    parts.notices().accept("could not start a worker ahead: " + e.getMessage());
                }
            });
        }
    }

    private synchronized boolean lacks(Kind kind) {
        return !closed
                && waiting.computeIfAbsent(kind, unused -> new ArrayDeque<>()).size()
                        < parts.config().startAhead();
    }

    private void add(Kind kind, StartedProcess process) {
        List<Waiting> surplus = new ArrayList<>();
        Clock clock = parts.machine().clock();
        synchronized (this) {
            Clock.Alarm expiry = clock.at(clock.now().plus(parts.config().idleTime()), () -> expire(kind, process));
            Waiting added = new Waiting(process, expiry);
            if (closed) {
                surplus.add(added);
            } else {
                waiting.computeIfAbsent(kind, unused -> new ArrayDeque<>()).add(added);
                if (waiting.size() > MOST_KINDS) {
                    surplus.addAll(waiting.pollFirstEntry().getValue());
                }
            }
        }
        abandon(surplus);
    }

    private void expire(Kind kind, StartedProcess process) {
        boolean found;
        synchronized (this) {
            found = waiting.getOrDefault(kind, new ArrayDeque<>()).removeIf(each -> each.process() == process);
        }
        if (found) {
            parts.machine().threads().start("worker-ahead-end", process::end);
        }
    }

    private StartedProcess start(Kind kind) throws IOException {
        Conversation conversation = new Conversation(parts.machine().clock());
        RuntimeEndpoint endpoint = new RuntimeEndpoint(parts.machine().threads(), conversation);
        Furnishing furnishing = new Furnishing(
                "a" + parts.machine().ids().hex(16),
                parts.emptyFolder(),
                parts.emptyFolder(),
                parts.runtimeFiles(),
                parts.libraries().folder(),
                kind.memoryMegabytes(),
                DEFAULT_TEMPORARY_MEGABYTES);
        Sandbox sandbox = parts.isolation().open(furnishing);
        sandbox.prioritise(Priority.BACKGROUND);
        SortedMap<String, String> environment = new TreeMap<>(
                FunctionEnvironment.ahead(sandbox.placement(), kind.chosen().folder()));
        environment.put("AWS_LAMBDA_RUNTIME_API", endpoint.address());
        environment.put("VIRGA_STARTED_AHEAD", "1");
        List<String> command =
                parts.runtimes().commandAhead(kind.chosen(), sandbox.placement(), kind.memoryMegabytes());
        try {
            Process process = sandbox.start(
                    new LaunchPlan(command, environment, sandbox.placement().temporary()));
            return new StartedProcess(sandbox, endpoint, conversation, process);
        } catch (IOException e) {
            endpoint.close();
            sandbox.close();
            throw e;
        }
    }

    synchronized int count() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    void close() {
        List<Waiting> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.values().forEach(all::addAll);
            waiting.clear();
        }
        abandon(all);
    }

    private static void abandon(List<Waiting> surplus) {
        surplus.forEach(each -> {
            each.expiry().cancel();
            each.process().end();
        });
    }
}
