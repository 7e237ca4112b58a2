package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Base64;
import virga.kernel.Bytes;
import virga.kernel.Clock;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Structure;
import virga.protocol.wire.StructureJson;
import virga.server.deploy.Calls;

/** Calls to a running cloud, over its universal {@code /_virga/call}. */
final class RemoteCalls implements Calls {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RunningCloud cloud;
    private final Clock clock;
    private final JsonNode environment;

    RemoteCalls(RunningCloud cloud, Clock clock) throws RunningCloud.NotRunning {
        this.cloud = cloud;
        this.clock = clock;
        this.environment = cloud.facts();
    }

    @Override
    @SuppressWarnings("unchecked") // the schema makes the operation's own output
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        try {
            String answer = cloud.postText(
                    "/_virga/call/" + operation.service().modelName() + "/" + operation.name(),
                    StructureJson.write(input).utf8());
            return (O) StructureJson.read(Bytes.ofUtf8(answer), operation.output());
        } catch (RunningCloud.NotRunning e) {
            throw new Fault("NotRunning", 503, e.getMessage());
        }
    }

    @Override
    public void putObject(String bucket, String key, Bytes content) {
        ObjectNode input = RunningCloud.object()
                .put("Bucket", bucket)
                .put("Key", key)
                .put("Body", Base64.getEncoder().encodeToString(content.unsafeArray()));
        try {
            cloud.call("s3", "PutObject", input);
        } catch (RunningCloud.NotRunning e) {
            throw new Fault("NotRunning", 503, e.getMessage());
        }
    }

    @Override
    public void pause() throws InterruptedException {
        clock.sleep(PAUSE);
    }

    @Override
    public String accountId() {
        return environment.path("accountId").asText();
    }

    @Override
    public String region() {
        return environment.path("region").asText();
    }
}
