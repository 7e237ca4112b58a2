package virga.cloud;

import java.util.function.Function;
import virga.kernel.Cause;

/** The environment as the handler of one call sees it: its transactions and facts belong to that call. */
public interface Exchange extends Environment {
    /** Runs {@code body} in a transaction of this call. */
    <T> T transact(Function<UnitOfWork, T> body);

    /** Adds a fact to the call's record. */
    void detail(String name, String value);

    /** Clients see {@code requestId} with the answer in place of the call's own: that of the event which the call stands for. */
    void answerAs(String requestId);

    /** As {@link UnitOfWork#carry}. */
    void carry(String itemId, Cause cause);
}
