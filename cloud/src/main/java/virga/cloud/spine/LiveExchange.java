package virga.cloud.spine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import virga.cloud.Environment.Carried;
import virga.cloud.Exchange;
import virga.cloud.ForwardingEnvironment;
import virga.cloud.Hold;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Cause;

/**
 * One call on its way through one environment; gathers what its record will say. A call that leaves a record is under way from its
 * beginning; one that is only counted, as a poller's long wait for messages, from the moment when it changes something.
 */
final class LiveExchange extends ForwardingEnvironment implements Exchange, AutoCloseable {
    private final LiveEnvironment environment;
    private final Call call;
    private final CallNotes notes = new CallNotes();
    private final AtomicReference<Hold> kept;
    private volatile String answeredAs;

    LiveExchange(LiveEnvironment environment, Call call) {
        super(environment);
        this.environment = environment;
        this.call = call;
        this.answeredAs = call.requestId();
        this.kept = new AtomicReference<>(
                call.recording() == Call.Recording.FULL ? environment.activity().call() : Hold.NONE);
    }

    CallNotes notes() {
        return notes;
    }

    @Override
    public <T> T transact(Function<UnitOfWork, T> body) {
        return transact(call, body);
    }

    /** Other calls than its own are the same call's looks at later moments. */
    @Override
    public <T> T transact(Call look, Function<UnitOfWork, T> body) {
        Hold hold = environment.activity().looking();
        try {
            return environment.transact(look, body, committed -> {
                notes.add(committed.notes());
                if (committed.changed() && kept.get() == Hold.NONE) {
                    kept.getAndSet(environment.activity().call()).close();
                }
            });
        } finally {
            hold.close();
        }
    }

    /** The answer: where it carries something, that stays under way until the answer is closed. */
    <O> Carried<O> answer(O output) {
        Hold handedOver = notes.carried().isEmpty() ? Hold.NONE : kept.getAndSet(Hold.NONE);
        return new Carried<>(output, notes.carried(), answeredAs, handedOver);
    }

    @Override
    public void close() {
        kept.get().close();
    }

    @Override
    public void answerAs(String requestId) {
        answeredAs = requestId;
    }

    @Override
    public void detail(String name, String value) {
        notes.detail(name, value);
    }

    @Override
    public void carry(String itemId, Cause cause) {
        notes.carry(itemId, cause);
    }
}
