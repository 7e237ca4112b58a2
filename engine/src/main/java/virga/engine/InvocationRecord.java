package virga.engine;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
import virga.kernel.Details;
import virga.kernel.Principal;
import virga.kernel.Recorder;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome.Report;

/** The one wide record of an invocation, begun when the engine takes the event. */
final class InvocationRecord {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int OK = 200;

    private final Recorder recorder;
    private final FunctionVersion version;
    private final Invocation invocation;
    private final Clock clock;
    private final Instant startedAt;
    private final long startedNanos;
    private String outside = "";

    InvocationRecord(Recorder recorder, FunctionVersion version, Invocation invocation, Clock clock) {
        this.recorder = recorder;
        this.version = version;
        this.invocation = invocation;
        this.clock = clock;
        this.startedAt = clock.now();
        this.startedNanos = clock.nanos();
    }

    /** Notes where the worker has connected to outside Virga. */
    void outside(String addresses) {
        outside = addresses;
    }

    /**
     * Writes the record.
     *
     * @param errorType empty where the handler returned
     * @param status {@code timeout}, {@code error} or empty, as the REPORT line has it
     */
    void write(String logStream, Report report, Bytes answer, String errorType, String status) {
        TreeMap<String, String> details = new TreeMap<>();
        details.put("coldStart", Boolean.toString(report.initNanos() > 0));
        if (report.initNanos() > 0) {
            details.put(Details.INIT_NANOS, Long.toString(report.initNanos()));
            details.put(Details.UNPACK_NANOS, Long.toString(report.coldStart().unpackNanos()));
            details.put(Details.PROCESS_NANOS, Long.toString(report.coldStart().processNanos()));
            details.put(Details.HANDLER_NANOS, Long.toString(report.coldStart().handlerNanos()));
        }
        details.put("durationMillis", Long.toString(report.durationNanos() / NANOS_PER_MILLI));
        details.put(Details.BILLED_MILLIS, Long.toString(report.billedMillis()));
        details.put(Details.MEMORY_MEGABYTES, Integer.toString(report.memoryMegabytes()));
        details.put(Details.MAX_MEMORY_MEGABYTES, Integer.toString(report.maxMemoryMegabytes()));
        details.put("timeoutMillis", Long.toString(version.timeout().toMillis()));
        details.put(Details.TEMPORARY_MEGABYTES, Integer.toString(version.temporaryMegabytes()));
        details.put(Details.ARCHITECTURE, version.architecture());
        details.put("runtime", version.runtime());
        details.put("version", version.version());
        details.put("origin", invocation.origin());
        details.put("queuedAt", invocation.queuedAt().toString());
        details.put(Details.LOG_GROUP, version.logGroup());
        details.put(Details.LOG_STREAM, logStream);
        if (!outside.isEmpty()) {
            details.put(Details.OUTSIDE_CONNECTIONS, outside);
        }
        if (!errorType.isEmpty()) {
            details.put("errorType", errorType);
            details.put("status", status.isEmpty() ? "failure" : status);
        }
        recorder.record(new CallRecord(
                invocation.requestId(),
                CallRecord.Kind.INVOCATION,
                version.scope(),
                principal(),
                invocation.causes(),
                "lambda",
                "Invocation",
                List.of(invocation.functionArn()),
                startedAt,
                clock.nanos() - startedNanos,
                errorType.isEmpty() ? "ok" : errorType,
                OK,
                invocation.payload(),
                answer,
                invocation.sequence(),
                details));
    }

    private String principal() {
        String role =
                Arn.isArn(version.roleArn()) ? Arn.parse(version.roleArn()).name() : version.roleArn();
        return new Principal.RoleSession(version.scope().account(), role, version.name()).arn();
    }
}
