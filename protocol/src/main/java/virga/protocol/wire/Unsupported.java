package virga.protocol.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Schema;

/** Refusals of what Virga knows by name but cannot do. */
final class Unsupported {
    private static final Map<Schema, Boolean> STREAMING = new ConcurrentHashMap<>();

    private Unsupported() {}

    private static boolean streamsEvents(Schema schema) {
        return STREAMING.computeIfAbsent(
                schema,
                known -> known.members().stream()
                        .anyMatch(member -> member.traits().eventStream()));
    }

    static void refuseUnmodelled(Operation<?, ?> operation) {
        if (!operation.isModelled()) {
            throw Fault.notImplemented(operation.name());
        }
        if (streamsEvents(operation.input()) || streamsEvents(operation.output())) {
            throw Fault.unsupported(operation + " (an event stream)");
        }
    }
}
