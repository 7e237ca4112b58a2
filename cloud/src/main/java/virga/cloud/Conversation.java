package virga.cloud;

import virga.kernel.Call;
import virga.model.Structure;

/** Runs several short transactions with waiting or other calls between them: a long poll, an invocation. */
@FunctionalInterface
public non-sealed interface Conversation<I extends Structure, O extends Structure> extends Handler<I, O> {
    O handle(Call call, I input, Exchange exchange) throws InterruptedException;
}
