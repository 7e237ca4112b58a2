package virga.engine.runtimeapi;

import java.util.Map;
import java.util.Optional;
import virga.kernel.Bytes;

/** What a runtime can say to the engine. Each method is called on the thread of the runtime's connection and may block it. */
public interface RuntimeCalls {
    /** A connection was made: the process has started. Called once per connection. */
    void connected();

    /** {@code GET .../runtime/invocation/next}: blocks until there is an event; empty where the worker is to end. */
    Optional<Reply> next() throws InterruptedException;

    /** {@code GET /virga/identity}: a worker started ahead asks which function it is to be; empty where it is to end. */
    Optional<Reply> identity() throws InterruptedException;

    /**
     * With an answer or an error: the addresses outside Virga that the process has connected to since it started, {@code host:port} with
     * commas between. Only Virga's own runtimes for Node.js and Python tell.
     */
    void outside(String addresses);

    /** {@code POST .../runtime/invocation/ID/response}. {@code tooLong} is the length of a body beyond the limit, else 0. */
    Reply response(String requestId, Bytes body, long tooLong);

    /** {@code POST .../runtime/invocation/ID/error}. {@code errorType} is the header {@code Lambda-Runtime-Function-Error-Type}. */
    Reply error(String requestId, Bytes body, String errorType);

    /** {@code POST .../runtime/init/error}. */
    Reply initError(Bytes body, String errorType);

    /** An answer: its status, headers and JSON body. */
    record Reply(int status, Map<String, String> headers, Bytes body) {
        private static final Bytes ACCEPTED = Bytes.ofUtf8("{\"status\":\"OK\"}\n");

        public static Reply accepted() {
            return new Reply(202, Map.of(), ACCEPTED);
        }

        /** An error in the shape that Lambda's Runtime API uses. */
        public static Reply refused(int status, String type, String message) {
            return new Reply(
                    status,
                    Map.of(),
                    Bytes.ofUtf8("{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n"));
        }
    }
}
