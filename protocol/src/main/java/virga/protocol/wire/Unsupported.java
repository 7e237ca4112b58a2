package virga.protocol.wire;

import virga.kernel.Fault;
import virga.model.Operation;

/** Refusals of what Virga knows by name but cannot do. */
final class Unsupported {
    private Unsupported() {}

    static void refuseUnmodelled(Operation<?, ?> operation) {
        if (!operation.isModelled()) {
            throw Fault.unsupported(operation.toString());
        }
    }
}
