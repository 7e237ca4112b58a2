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
        try (Carried<O> carried = carrying(call, operation, input)) {
            return carried.output();
        }
    }

    /** As {@link #call}, with what comes beside the answer. What its items are taken for is under way until it is closed. */
    <I extends Structure, O extends Structure> Carried<O> carrying(Call call, Operation<I, O> operation, I input);

    /** Begins something in the background that shows nowhere else. {@code what} it is, in words. */
    Hold hold(String what);

    /** Whether something that was begun under this name is not over. */
    boolean isHeld(String what);

    /**
     * An answer with what comes beside it.
     *
     * @param causes the hidden causes of its items, by item id
     * @param requestId the id that clients see with it: the call's, or {@link Exchange#answerAs another}
     * @param hold what keeps the environment from rest until the items are dealt with
     */
    record Carried<O>(O output, java.util.Map<String, Cause> causes, String requestId, Hold hold)
            implements AutoCloseable {
        @Override
        public void close() {
            hold.close();
        }
    }
}
