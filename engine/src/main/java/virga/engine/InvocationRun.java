package virga.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.engine.runtimeapi.RuntimeCalls.Reply;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.kernel.function.Outcome.ColdStart;
import virga.kernel.function.Outcome.Report;

/**
 * One event from the lease of a worker to its outcome.
 *
 * <p>A cold start has ten seconds of its own; where it fails, it is tried once more within the event's time, as Lambda does, and
 * what fails then is the event. Source: "Understanding the Lambda execution environment lifecycle", AWS Lambda Developer Guide.
 */
final class InvocationRun {
    private static final Duration INIT_TIME = Duration.ofSeconds(10);

    private final EngineParts parts;
    private final WorkerStarter starter;
    private final WorkerPool pool;
    private final FunctionVersion version;
    private final Invocation invocation;
    private final Ports ports;
    private final Cause causeOfCalls;

    private volatile Worker worker;
    private Optional<PreparedPackage> cold = Optional.empty();
    private ColdStart coldStart = ColdStart.NONE;
    private long initNanos;
    /** When the event's own time began, where that was before its delivery: at the second try of a cold start. */
    private long retriedNanos;

    private Instant deadline;

    InvocationRun(
            EngineParts parts, WorkerStarter starter, WorkerPool pool, FunctionVersion version, Invocation invocation) {
        this.parts = parts;
        this.starter = starter;
        this.pool = pool;
        this.version = version;
        this.invocation = invocation;
        this.ports = parts.environments().apply(version.scope().environment());
        this.causeOfCalls = invocation.causes().getFirst().next(invocation.requestId(), "invocation");
    }

    Outcome run() throws InterruptedException, Unrunnable {
        InvocationRecord record = new InvocationRecord(parts.recorder(), version, invocation, ports.clock());
        try {
            Outcome outcome = handle(record);
            worker = null;
            return outcome;
        } finally {
            // Only what was thrown comes here with a worker: nobody knows what it does now.
            if (worker != null) {
                pool.discard(worker);
            }
            // Only now: starting another process beside a cold start would slow it down.
            cold.ifPresent(prepared -> starter.replenish(version, prepared));
        }
    }

    /** Kills the worker that has the event, from another thread; false where it has none. */
    boolean kill() {
        Worker current = worker;
        if (current == null) {
            return false;
        }
        current.kill();
        return true;
    }

    private Outcome handle(InvocationRecord record) throws InterruptedException, Unrunnable {
        Optional<Worker> warm = pool.lease();
        if (warm.isPresent()) {
            worker = warm.get();
            worker.log().attribute(invocation.requestId());
            worker.attribute(causeOfCalls);
        } else {
            long before = nanos();
            PreparedPackage prepared = starter.prepare(version);
            long unpackNanos = nanos() - before;
            if (prepared.entrypointRefusal().isPresent()) {
                return neverStarted(record, prepared.entrypointRefusal().get());
            }
            cold = Optional.of(prepared);
            Optional<Failure> failure = startCold(prepared, unpackNanos);
            if (failure.isPresent()) {
                worker.log().platform(PlatformLines.start(invocation.requestId(), version.version()));
                return conclude(record, failure.get(), nanos() - retriedNanos);
            }
        }
        return deliver(record);
    }

    /** Starts a worker, and once more within the event's own time where it fails; what failed then, or empty. */
    private Optional<Failure> startCold(PreparedPackage prepared, long unpackNanos) throws InterruptedException {
        String logStream = starter.logStream(version);
        Optional<Failure> failure =
                start(prepared, logStream, ports.clock().now().plus(INIT_TIME), "init");
        while (failure.isPresent() && gotWhatLacked(failure.get())) {
            pool.discard(worker);
            failure = start(prepared, logStream, ports.clock().now().plus(INIT_TIME), "init");
        }
        long connected = worker.connectedNanos() == 0 ? nanos() : worker.connectedNanos();
        if (failure.isEmpty()) {
            initNanos = nanos() - worker.startedNanos();
            coldStart = new ColdStart(unpackNanos, connected - worker.startedNanos(), nanos() - connected);
            return failure;
        }
        pool.discard(worker);
        retriedNanos = nanos();
        deadline = ports.clock().now().plus(version.timeout());
        return start(prepared, logStream, deadline, "invoke");
    }

    private Optional<Failure> start(PreparedPackage prepared, String logStream, Instant until, String phase)
            throws InterruptedException {
        worker = starter.start(version, prepared, logStream);
        pool.add(worker);
        worker.log().attribute(invocation.requestId());
        worker.attribute(causeOfCalls);
        worker.log().platform(PlatformLines.initStart(prepared.chosen().version()));
        Optional<Failure> failure = switch (worker.awaitStart(until)) {
            case WorkerEvent.Ready ready -> Optional.empty();
            case WorkerEvent.InitErrored errored -> Optional.of(Failure.atInit(errored.type(), errored.payload()));
            case WorkerEvent.Exited exited -> Optional.of(exited(exited));
            case WorkerEvent.Late late -> Optional.of(timedOut());
            case WorkerEvent.Answered answered -> Optional.of(exited(new WorkerEvent.Exited(1)));
            case WorkerEvent.AnswerTooLong tooLong -> Optional.of(exited(new WorkerEvent.Exited(1)));
            case WorkerEvent.Errored errored -> Optional.of(exited(new WorkerEvent.Exited(1)));
        };
        if (failure.isPresent()) {
            worker.kill();
            worker.settleLog();
            worker.log().platform(PlatformLines.initReport(nanos() - worker.startedNanos(), phase, failure.get()));
        }
        return failure;
    }

    /** Installs a part of the AWS SDK for whose absence the function failed; its log says what came of it. True where it is there now. */
    private boolean gotWhatLacked(Failure failure) throws InterruptedException {
        Optional<LackedLibrary> lacked = starter.getLacked(version, failure.payload());
        if (lacked.isPresent()) {
            worker.settleLog();
            worker.log().platform(lacked.get().words());
        }
        return lacked.filter(LackedLibrary::thereNow).isPresent();
    }

    private Outcome deliver(InvocationRecord record) throws InterruptedException {
        long deliveredNanos = nanos();
        if (deadline == null) {
            deadline = ports.clock().now().plus(version.timeout());
        }
        worker.log().platform(PlatformLines.start(invocation.requestId(), version.version()));
        worker.deliver(invocation.requestId(), event());
        WorkerEvent event = worker.await(deadline);
        while (event instanceof WorkerEvent.Ready) {
            // A runtime that asks again without having answered gets nothing until it answers.
            event = worker.await(deadline);
        }
        long durationNanos = nanos() - (retriedNanos == 0 ? deliveredNanos : retriedNanos);
        return switch (event) {
            case WorkerEvent.Answered answered -> returned(record, answered.payload(), durationNanos);
            case WorkerEvent.Errored errored -> {
                Failure failure = Failure.reported(errored.type(), errored.payload());
                // What a module did not find once it may not look for again.
                yield conclude(record, gotWhatLacked(failure) ? failure.endingWorker() : failure, durationNanos);
            }
            case WorkerEvent.InitErrored errored ->
                conclude(record, Failure.atInit(errored.type(), errored.payload()), durationNanos);
            case WorkerEvent.AnswerTooLong tooLong ->
                conclude(record, Failure.answerTooLong(tooLong.bytes()), durationNanos);
            case WorkerEvent.Exited exited -> conclude(record, exited(exited), durationNanos);
            case WorkerEvent.Late late -> conclude(record, timedOut(), durationNanos);
            case WorkerEvent.Ready ready -> throw new virga.kernel.Bug("Ready was passed over above");
        };
    }

    private Outcome returned(InvocationRecord record, Bytes payload, long durationNanos) throws InterruptedException {
        Report report = report(durationNanos);
        finishLog(report, "", "");
        String tail = worker.log().tail();
        record.outside(worker.outside());
        record.write(worker.log().stream(), report, payload, "", "");
        release();
        return new Outcome.Returned(payload, report, tail);
    }

    private Outcome conclude(InvocationRecord record, Failure failure, long durationNanos) throws InterruptedException {
        long billedNanos =
                failure.status().equals("timeout") ? version.timeout().toNanos() : durationNanos;
        // Before the end of the processes, with which their figures go.
        worker.maxMemoryMegabytes();
        if (failure.endsWorker()) {
            worker.kill();
        }
        Report report = report(billedNanos);
        worker.settleLog();
        if (!failure.logLine().isEmpty()) {
            worker.log().platform(failure.logLine());
        }
        finishLog(report, failure.status(), failure.errorType());
        String tail = worker.log().tail();
        record.outside(worker.outside());
        record.write(worker.log().stream(), report, failure.payload(), failure.errorType(), failure.status());
        if (failure.endsWorker()) {
            pool.discard(worker);
        } else {
            release();
        }
        return new Outcome.Failed("Unhandled", failure.payload(), report, tail);
    }

    /** Waits until the runtime asks for its next event, then freezes the worker and gives it back. */
    private void release() throws InterruptedException {
        WorkerEvent event = worker.await(deadline);
        if (event instanceof WorkerEvent.Ready) {
            worker.freeze();
            pool.giveBack(worker);
        } else {
            pool.discard(worker);
        }
    }

    private Outcome neverStarted(InvocationRecord record, String reason) {
        Failure failure = Failure.invalidEntrypoint(invocation.requestId(), reason);
        Report report = new Report(0, 1, 0, version.memoryMegabytes(), 0, ColdStart.NONE);
        WorkerLog log = new WorkerLog(
                parts.recorder(), ports.clock(), version.scope(), version.logGroup(), starter.logStream(version));
        log.attribute(invocation.requestId());
        log.platform(PlatformLines.start(invocation.requestId(), version.version()));
        log.platform("RequestId: " + invocation.requestId() + " Error: " + failure.logLine());
        finishLog(log, report, failure.status(), failure.errorType());
        record.write(log.stream(), report, failure.payload(), failure.errorType(), failure.status());
        return new Outcome.Failed("Unhandled", failure.payload(), report, log.tail());
    }

    private Report report(long durationNanos) {
        // Since August 2025 AWS bills the time of a cold start too.
        long billedMillis = Math.ceilDiv(durationNanos + initNanos, 1_000_000L);
        return new Report(
                durationNanos,
                billedMillis,
                initNanos,
                version.memoryMegabytes(),
                worker.maxMemoryMegabytes(),
                coldStart);
    }

    private void finishLog(Report report, String status, String errorType) throws InterruptedException {
        worker.settleLog();
        finishLog(worker.log(), report, status, errorType);
    }

    private void finishLog(WorkerLog log, Report report, String status, String errorType) {
        log.platform(PlatformLines.end(invocation.requestId()));
        log.platform(PlatformLines.report(
                invocation.requestId(),
                report,
                status,
                errorType,
                causeOfCalls.traceId(),
                ports.ids().hex(16)));
    }

    private Failure exited(WorkerEvent.Exited event) {
        return Failure.exited(invocation.requestId(), event.status(), worker.ranOutOfMemory());
    }

    private Failure timedOut() {
        Instant now = ports.clock().now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        return Failure.timedOut(
                invocation.requestId(),
                version.timeout(),
                java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
                        .withZone(java.time.ZoneOffset.UTC)
                        .format(now));
    }

    private Reply event() {
        SortedMap<String, String> headers = new TreeMap<>();
        // The function compares with its machine's time, which the environment's may be ahead of.
        Instant machineDeadline = deadline.minus(ports.clock().offset());
        headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(machineDeadline.toEpochMilli()));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
        headers.put(
                "Lambda-Runtime-Trace-Id",
                "Root=" + causeOfCalls.traceId() + ";Parent=" + ports.ids().hex(16) + ";Sampled=1");
        if (!invocation.clientContext().isEmpty()) {
            headers.put(
                    "Lambda-Runtime-Client-Context", oneLine(Base64.getDecoder().decode(invocation.clientContext())));
        }
        return new Reply(200, headers, invocation.payload());
    }

    /** JSON as a header can carry it: without line ends, and in ASCII. */
    private static String oneLine(byte[] json) {
        StringBuilder text = new StringBuilder();
        for (char letter : new String(json, java.nio.charset.StandardCharsets.UTF_8).toCharArray()) {
            if (letter == '\n' || letter == '\r') {
                text.append(' ');
            } else if (letter > '~') {
                text.append("\\u%04x".formatted((int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.toString();
    }

    private long nanos() {
        return parts.machine().clock().nanos();
    }
}
