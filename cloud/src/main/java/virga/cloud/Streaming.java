package virga.cloud;

import java.io.IOException;
import virga.kernel.Call;
import virga.model.Structure;

/** As a {@link Conversation}, moving a body of any size in or out: the streaming member is a {@link virga.kernel.ByteStream}. */
@FunctionalInterface
public non-sealed interface Streaming<I extends Structure, O extends Structure> extends Handler<I, O> {
    O handle(Call call, I input, Exchange exchange) throws InterruptedException, IOException;
}
