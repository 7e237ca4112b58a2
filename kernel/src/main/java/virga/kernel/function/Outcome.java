package virga.kernel.function;

import virga.kernel.Bytes;

/** What came of an invocation. */
public sealed interface Outcome {
    /** The handler returned {@code payload}. */
    record Returned(Bytes payload, Report report, String logTail) implements Outcome {}

    /**
     * The handler failed, was killed at its timeout, ran out of memory or never started.
     *
     * @param kind {@code Unhandled} in {@code X-Amz-Function-Error}
     * @param payload AWS's error object: {@code errorMessage}, {@code errorType}, {@code stackTrace} where the runtime gave one
     */
    record Failed(String kind, Bytes payload, Report report, String logTail) implements Outcome {}

    /** No worker was free and none could be added. {@code reason} is AWS's: {@code ReservedFunctionConcurrentInvocationLimitExceeded}. */
    record Throttled(String reason) implements Outcome {}

    /** The package can not run here at all; {@code reason} says what is missing. */
    record Refused(String reason) implements Outcome {}

    /**
     * The figures of a REPORT line.
     *
     * @param initNanos 0 for a warm start; {@code coldStart} breaks it down
     */
    record Report(
            long durationNanos,
            long billedMillis,
            long initNanos,
            int memoryMegabytes,
            int maxMemoryMegabytes,
            ColdStart coldStart) {}

    /**
     * Where a cold start's time went; all zero for a warm start.
     *
     * @param unpackNanos fetching and unpacking the package
     * @param processNanos from starting the process to its first request to the Runtime API
     * @param handlerNanos loading the user's code, until the runtime asked for its first event
     */
    record ColdStart(long unpackNanos, long processNanos, long handlerNanos) {
        public static final ColdStart NONE = new ColdStart(0, 0, 0);
    }
}
