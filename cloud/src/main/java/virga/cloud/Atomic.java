package virga.cloud;

import virga.kernel.Call;
import virga.model.Structure;

/**
 * Reads and writes one transaction. It may run more than once for one call, so it touches nothing but its unit of work. A
 * {@link virga.kernel.Fault} that it throws rolls back and is answered.
 */
@FunctionalInterface
public non-sealed interface Atomic<I extends Structure, O extends Structure> extends Handler<I, O> {
    O handle(Call call, I input, UnitOfWork work);
}
