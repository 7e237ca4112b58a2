package virga.server.admin;

import java.util.List;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Member;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.protocol.wire.StructureJson;

/** Any operation of any service, in and out as JSON, called as the environment's root user. */
final class OperationAdmin {
    private final Cloud cloud;

    OperationAdmin(Cloud cloud) {
        this.cloud = cloud;
    }

    /** @param parts {@code call}, the service by botocore's name, the operation */
    String call(String environment, List<String> parts, Bytes body) {
        if (parts.size() != 3) {
            throw new Fault("InvalidRequest", 400, "A call is POST /_virga/call/SERVICE/OPERATION");
        }
        Operation<?, ?> operation = cloud.registry().models().stream()
                .filter(model -> model.modelName().equals(parts.get(1)))
                .findFirst()
                .flatMap((ServiceModel model) -> model.operation(parts.get(2)))
                .filter(Operation::isModelled)
                .orElseThrow(() -> new Fault(
                        "NotImplemented", 501, "Virga has no operation " + parts.get(1) + ":" + parts.get(2)));
        return run(cloud.environment(environment), operation, body.isEmpty() ? Bytes.ofUtf8("{}") : body);
    }

    @SuppressWarnings("unchecked") // the schema makes the operation's own input
    private static <I extends Structure, O extends Structure> String run(
            LiveEnvironment environment, Operation<I, O> operation, Bytes body) {
        I input = (I) withStreams(StructureJson.read(body, operation.input()));
        Settings settings = environment.settings();
        Scope scope = new Scope(environment.name(), settings.accountId(), settings.region());
        Cause root = Cause.root(environment.ports().ids().traceId());
        O output = environment.call(
                environment.newCall(scope, new Principal.Root(settings.accountId()), root), operation, input);
        return StructureJson.write(output).utf8();
    }

    /** JSON carries a body as base64, which is read as bytes; handlers expect a stream. */
    private static Structure withStreams(Structure input) {
        Object[] values = new Object[input.schema().members().size()];
        for (Member member : input.schema().members()) {
            Object value = input.valueOf(member);
            values[member.index()] =
                    value instanceof Bytes bytes && member.traits().streaming() ? ByteStream.of(bytes) : value;
        }
        return input.schema().make(values);
    }
}
