package virga.kernel;

/**
 * The names of facts in {@link CallRecord#details}, so that who writes them and who reads them agree. All values are decimal text
 * unless said otherwise. A fact that does not apply is left out.
 */
public final class Details {
    /** The error's message, for people. */
    public static final String MESSAGE = "message";

    /** What Lambda bills of an invocation, milliseconds rounded up. */
    public static final String BILLED_MILLIS = "billedMillis";

    /** A function's memory setting, megabytes. */
    public static final String MEMORY_MEGABYTES = "memoryMegabytes";

    /** The most memory that a worker used, megabytes. */
    public static final String MAX_MEMORY_MEGABYTES = "maxMemoryMegabytes";

    /** A function's /tmp, megabytes; above 512 it is billed. */
    public static final String TEMPORARY_MEGABYTES = "temporaryMegabytes";

    /** Under audit: what would have been denied, as AWS would have said it. */
    public static final String WOULD_BE_DENIED = "wouldBeDenied";

    /** {@code x86_64} or {@code arm64}. */
    public static final String ARCHITECTURE = "architecture";

    /** How long the worker took to start; present only for a cold start. Its parts are the next three. */
    public static final String INIT_NANOS = "initNanos";

    /** Fetching and unpacking the package. */
    public static final String UNPACK_NANOS = "unpackNanos";

    /** From starting the process to its first request to the Runtime API. */
    public static final String PROCESS_NANOS = "processNanos";

    /** Loading the user's code, until the runtime asked for its first event. */
    public static final String HANDLER_NANOS = "handlerNanos";

    /** Events in a function's batch; messages, entries or items in a batch call. */
    public static final String ENTRIES = "entries";

    /** DynamoDB read request units, may have a fraction. */
    public static final String CONSUMED_READ_UNITS = "consumedReadUnits";

    /** DynamoDB write request units, may have a fraction. */
    public static final String CONSUMED_WRITE_UNITS = "consumedWriteUnits";

    /** The billable size of a call's payload, bytes. */
    public static final String BYTES = "bytes";

    /** Transitions that a step or execution of a standard workflow made. */
    public static final String STATE_TRANSITIONS = "stateTransitions";

    /** {@code HTTP}, {@code REST}, {@code WEBSOCKET} or {@code FUNCTION_URL}: the kind of the API that a request went to. */
    public static final String API_TYPE = "apiType";

    /** The log group that an invocation wrote to. */
    public static final String LOG_GROUP = "logGroup";

    /** The log stream that an invocation wrote to. */
    public static final String LOG_STREAM = "logStream";

    /** Where a function's worker has connected to outside Virga since it started: {@code host:port}, with commas between. */
    public static final String OUTSIDE_CONNECTIONS = "outsideConnections";

    /** The whole length of an input that was too long to keep, bytes. */
    public static final String INPUT_CUT = "inputCut";

    /** The whole length of an output that was too long to keep, bytes. */
    public static final String OUTPUT_CUT = "outputCut";

    private Details() {}
}
