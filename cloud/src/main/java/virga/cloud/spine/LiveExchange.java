package virga.cloud.spine;

import java.util.function.Function;
import virga.cloud.Exchange;
import virga.cloud.ForwardingEnvironment;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Cause;

/** One call on its way through one environment; gathers what its record will say. */
final class LiveExchange extends ForwardingEnvironment implements Exchange {
    private final LiveEnvironment environment;
    private final Call call;
    private final CallNotes notes = new CallNotes();
    private volatile String answeredAs;

    LiveExchange(LiveEnvironment environment, Call call) {
        super(environment);
        this.environment = environment;
        this.call = call;
        this.answeredAs = call.requestId();
    }

    CallNotes notes() {
        return notes;
    }

    @Override
    public <T> T transact(Function<UnitOfWork, T> body) {
        return environment.transact(call, body, committed -> notes.add(committed.notes()));
    }

    String answeredAs() {
        return answeredAs;
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
