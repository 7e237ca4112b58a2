package virga.engine;

import java.util.Locale;
import virga.kernel.function.Outcome.Report;

/**
 * The lines that Lambda itself writes to a function's log.
 *
 * <p>Source: "Working with Lambda function logs", AWS Lambda Developer Guide, and the lines' own form.
 */
final class PlatformLines {
    private PlatformLines() {}

    static String initStart(String runtimeVersion) {
        return "INIT_START Runtime Version: " + runtimeVersion;
    }

    /** Written only for an initialisation that failed. @param phase {@code init}, or {@code invoke} for its second try */
    static String initReport(long nanos, String phase, Failure failure) {
        String type = failure.status().equals("timeout") ? "" : "\tError Type: " + failure.errorType();
        return "INIT_REPORT Init Duration: " + milliseconds(nanos) + " ms\tPhase: " + phase + "\tStatus: "
                + failure.status() + type;
    }

    static String start(String requestId, String version) {
        return "START RequestId: " + requestId + " Version: " + version;
    }

    static String end(String requestId) {
        return "END RequestId: " + requestId;
    }

    /** @param status empty where the handler returned or reported its error itself */
    static String report(
            String requestId, Report report, String status, String errorType, String traceId, String segmentId) {
        StringBuilder line = new StringBuilder("REPORT RequestId: ").append(requestId);
        line.append("\tDuration: ").append(milliseconds(report.durationNanos())).append(" ms");
        line.append("\tBilled Duration: ").append(report.billedMillis()).append(" ms");
        line.append("\tMemory Size: ").append(report.memoryMegabytes()).append(" MB");
        line.append("\tMax Memory Used: ").append(report.maxMemoryMegabytes()).append(" MB\t");
        if (report.initNanos() > 0) {
            line.append("Init Duration: ")
                    .append(milliseconds(report.initNanos()))
                    .append(" ms\t");
        }
        line.append("\nXRAY TraceId: ").append(traceId);
        line.append("\tSegmentId: ").append(segmentId).append("\tSampled: true\t");
        if (!status.isEmpty()) {
            line.append("Status: ").append(status);
            if (!status.equals("timeout")) {
                line.append("\tError Type: ").append(errorType);
            }
        }
        return line.toString();
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }
}
