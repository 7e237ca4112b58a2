package virga.kernel;

/** Where the spine and the engine put what happened. Implemented by {@code observe}. */
public interface Recorder extends AutoCloseable {
    /** Keeps {@code record}; may return before it is durable, never loses one of a running process. */
    void record(CallRecord record);

    /** Counts a call that leaves no record ({@link Call.Recording#COUNTED}). */
    void count(Scope scope, String service, String operation, String outcome);

    /**
     * Keeps a line that a function wrote. {@code causeId} is the record of the invocation that wrote it.
     *
     * @param logGroup as in {@code /aws/lambda/orders}
     */
    void log(Scope scope, String logGroup, String logStream, java.time.Instant at, String message, String causeId);

    /** Writes out what is still in memory. */
    @Override
    void close();
}
