package virga.cloud;

import java.util.function.Function;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.store.Reading;

/** One isolated AWS, as code inside the cloud sees it. */
public interface Environment {
    String name();

    Ports ports();

    Settings settings();

    /** What goes wrong on purpose here. */
    Weather weather();

    /** Runs {@code body} in a transaction; what it sends has {@code call} as its cause. */
    <T> T transact(Call call, Function<UnitOfWork, T> body);

    <T> T read(Function<Reading, T> body);

    /** The store's last commit. */
    long sequence();

    /** A call of {@code principal} that follows from {@code cause}, with an id and a time of its own. */
    Call newCall(Scope scope, Principal principal, Cause cause);

    /**
     * Calls an operation of any service, through the whole spine: authorised, limited, recorded.
     *
     * @throws virga.kernel.Fault as the service answers
     */
    default <I extends Structure, O extends Structure> O call(Call call, Operation<I, O> operation, I input) {
        return carrying(call, operation, input).output();
    }

    /** As {@link #call}, with what comes beside the answer. */
    <I extends Structure, O extends Structure> Carried<O> carrying(Call call, Operation<I, O> operation, I input);

    /**
     * An answer with what comes beside it.
     *
     * @param causes the hidden causes of its items, by item id
     * @param requestId the id that clients see with it: the call's, or {@link Exchange#answerAs another}
     */
    record Carried<O>(O output, java.util.Map<String, Cause> causes, String requestId) {}
}
