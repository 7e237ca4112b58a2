package virga.engine;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
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

    InvocationRecord(Recorder recorder, FunctionVersion version, Invocation invocation, Clock clock) {
        this.recorder = recorder;
        this.version = version;
        this.invocation = invocation;
        this.clock = clock;
        this.startedAt = clock.now();
        this.startedNanos = clock.nanos();
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
            details.put("initMillis", Long.toString(report.initNanos() / NANOS_PER_MILLI));
            details.put("unpackMillis", Long.toString(report.coldStart().unpackNanos() / NANOS_PER_MILLI));
            details.put("processMillis", Long.toString(report.coldStart().processNanos() / NANOS_PER_MILLI));
            details.put("handlerMillis", Long.toString(report.coldStart().handlerNanos() / NANOS_PER_MILLI));
        }
        details.put("durationMillis", Long.toString(report.durationNanos() / NANOS_PER_MILLI));
        details.put("billedMillis", Long.toString(report.billedMillis()));
        details.put("memoryMegabytes", Integer.toString(report.memoryMegabytes()));
        details.put("maxMemoryMegabytes", Integer.toString(report.maxMemoryMegabytes()));
        details.put("timeoutMillis", Long.toString(version.timeout().toMillis()));
        details.put("runtime", version.runtime());
        details.put("version", version.version());
        details.put("origin", invocation.origin());
        details.put("queuedAt", invocation.queuedAt().toString());
        details.put("logGroup", version.logGroup());
        details.put("logStream", logStream);
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
