package virga.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import virga.engine.runtimeapi.RuntimeCalls;
import virga.kernel.Bytes;
import virga.kernel.Clock;

/** Both sides of one worker's Runtime API: what the runtime says becomes events for the supervisor, which delivers events back. */
final class Conversation implements RuntimeCalls {
    private final Clock clock;
    private final BlockingQueue<WorkerEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Reply>> deliveries = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<Reply>> identities = new LinkedBlockingQueue<>();
    private final AtomicLong connectedNanos = new AtomicLong();
    private volatile String expectedRequestId = "";
    private volatile String outside = "";

    /** @param clock measures when the process made its first connection */
    Conversation(Clock clock) {
        this.clock = clock;
    }

    /** The next thing that happens; waits for it. */
    WorkerEvent take() throws InterruptedException {
        return events.take();
    }

    /** Something that happened outside of the Runtime API. */
    void tell(WorkerEvent event) {
        events.add(event);
    }

    void deliver(String requestId, Reply event) {
        expectedRequestId = requestId;
        deliveries.add(Optional.of(event));
    }

    void identify(Reply identity) {
        identities.add(Optional.of(identity));
    }

    /** The runtime, if it waits, is told nothing more: its connection closes. */
    void end() {
        deliveries.add(Optional.empty());
        identities.add(Optional.empty());
    }

    /** When the process first connected, on the steady clock; 0 before. */
    long connectedNanos() {
        return connectedNanos.get();
    }

    /** Where the process has connected to outside Virga; empty where nowhere, or where its runtime does not tell. */
    String outside() {
        return outside;
    }

    @Override
    public void outside(String addresses) {
        outside = addresses;
    }

    @Override
    public void connected() {
        connectedNanos.compareAndSet(0, clock.nanos());
    }

    @Override
    public Optional<Reply> next() throws InterruptedException {
        events.add(new WorkerEvent.Ready());
        return deliveries.take();
    }

    @Override
    public Optional<Reply> identity() throws InterruptedException {
        Optional<Reply> identity = identities.take();
        // For a worker that was started ahead the cold start begins here.
        connectedNanos.set(clock.nanos());
        return identity;
    }

    @Override
    public Reply response(String requestId, Bytes body, long tooLong) {
        if (!claims(requestId)) {
            return unexpected();
        }
        if (tooLong > 0) {
            events.add(new WorkerEvent.AnswerTooLong(tooLong));
            return Reply.refused(
                    413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (6291556 bytes).");
        }
        events.add(new WorkerEvent.Answered(body));
        return Reply.accepted();
    }

    @Override
    public Reply error(String requestId, Bytes body, String errorType) {
        if (!claims(requestId)) {
            return unexpected();
        }
        events.add(new WorkerEvent.Errored(errorType, body));
        return Reply.accepted();
    }

    @Override
    public Reply initError(Bytes body, String errorType) {
        events.add(new WorkerEvent.InitErrored(errorType, body));
        return Reply.accepted();
    }

    /** True once for the event being handled: a second answer is refused. */
    private synchronized boolean claims(String requestId) {
        boolean expected = !requestId.isEmpty() && requestId.equals(expectedRequestId);
        if (expected) {
            expectedRequestId = "";
        }
        return expected;
    }

    private static Reply unexpected() {
        return new Reply(
                400,
                Map.of(),
                Bytes.ofUtf8("{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}\n"));
    }
}
