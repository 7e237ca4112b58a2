package virga.server.deploy;

import java.time.Duration;
import virga.cloud.Settings;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.ByteStream;
import virga.kernel.Bytes;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.s3.PutObjectRequest;
import virga.model.s3.S3;

/** Calls in this process, as the environment's root user. */
public final class LocalCalls implements Calls {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final LiveEnvironment environment;
    private final Clock wall;

    /** @param wall waits pass on it: the environment's own clock may stand still */
    public LocalCalls(LiveEnvironment environment, Clock wall) {
        this.environment = environment;
        this.wall = wall;
    }

    @Override
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        Settings settings = environment.settings();
        Scope scope = new Scope(environment.name(), settings.accountId(), settings.region());
        Cause root = Cause.root(environment.ports().ids().traceId());
        return environment.call(
                environment.newCall(scope, new Principal.Root(settings.accountId()), root), operation, input);
    }

    @Override
    public void putObject(String bucket, String key, Bytes content) {
        call(
                S3.PUT_OBJECT,
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentLength((long) content.length())
                        .body(ByteStream.of(content))
                        .build());
    }

    @Override
    public void pause() throws InterruptedException {
        wall.sleep(PAUSE);
    }

    @Override
    public String accountId() {
        return environment.settings().accountId();
    }

    @Override
    public String region() {
        return environment.settings().region();
    }
}
