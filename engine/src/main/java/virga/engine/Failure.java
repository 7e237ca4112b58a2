package virga.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import virga.kernel.Bytes;

/**
 * Why an event failed, with the answer that Lambda gives for it.
 *
 * @param errorType as in the answer: the runtime's or one of Lambda's own
 * @param status what the REPORT line says: {@code timeout}, {@code error}, or empty for an error that the handler reported
 * @param logLine what the platform writes to the log; empty where the runtime has written it
 * @param endsWorker whether the worker is unfit for another event
 */
record Failure(String errorType, Bytes payload, String status, String logLine, boolean endsWorker) {
    private static final int KILLED = 137;
    private static final int SIGNAL_BASE = 128;

    /** The runtime reported the handler's error. */
    static Failure reported(String errorType, Bytes payload) {
        return new Failure(errorType.isEmpty() ? "Unhandled" : errorType, payload, "", "", false);
    }

    /** The runtime reported that it could not load the handler. */
    static Failure atInit(String errorType, Bytes payload) {
        return new Failure(errorType.isEmpty() ? "Runtime.Unknown" : errorType, payload, "error", "", true);
    }

    /** The same, of a worker that is to handle no more events. */
    Failure endingWorker() {
        return new Failure(errorType, payload, status, logLine, true);
    }

    static Failure timedOut(String requestId, Duration timeout, String at) {
        String words = "Task timed out after %s seconds".formatted(seconds(timeout));
        return new Failure(
                "Sandbox.Timedout",
                answer("Sandbox.Timedout", "RequestId: " + requestId + " Error: " + words),
                "timeout",
                at + " " + requestId + " " + words + "\n",
                true);
    }

    /** The process ended while it had an event, or before it was ready for one. */
    static Failure exited(String requestId, int status, boolean outOfMemory) {
        String type = outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
        String words = outOfMemory
                ? "Runtime exited with error: signal: killed"
                : status == 0
                        ? "Runtime exited without providing a reason"
                        : "Runtime exited with error: " + ending(status);
        String message = "RequestId: " + requestId + " Error: " + words;
        return new Failure(type, answer(type, message), "error", message + "\n" + type, true);
    }

    static Failure answerTooLong(long bytes) {
        String type = "Function.ResponseSizeTooLarge";
        String message = "Response payload size exceeded maximum allowed payload size (6291556 bytes).";
        return new Failure(type, answer(type, message), "error", "", false);
    }

    /** A runtime of the user's own whose executable is not there or can not be executed. */
    static Failure invalidEntrypoint(String requestId, String words) {
        String type = "Runtime.InvalidEntrypoint";
        return new Failure(type, answer(type, "RequestId: " + requestId + " Error: " + words), "error", words, true);
    }

    private static String ending(int status) {
        if (status <= SIGNAL_BASE || status > SIGNAL_BASE + 31) {
            return "exit status " + status;
        }
        // The words of Go's syscall package, in which Lambda's supervisor is written.
        return switch (status) {
            case 129 -> "signal: hangup";
            case 130 -> "signal: interrupt";
            case 131 -> "signal: quit";
            case 138 -> "signal: user defined signal 1";
            case 140 -> "signal: user defined signal 2";
            case 141 -> "signal: broken pipe";
            case 142 -> "signal: alarm clock";
            case 132 -> "signal: illegal instruction";
            case 134 -> "signal: aborted";
            case 135 -> "signal: bus error";
            case 136 -> "signal: floating point exception";
            case KILLED -> "signal: killed";
            case 139 -> "signal: segmentation fault";
            case 143 -> "signal: terminated";
            default -> "signal: " + (status - SIGNAL_BASE);
        };
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }

    private static Bytes answer(String type, String message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("errorType", type).put("errorMessage", message);
        return Bytes.ofUtf8(node.toString());
    }
}
