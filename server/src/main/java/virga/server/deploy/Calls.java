package virga.server.deploy;

import virga.kernel.Bytes;
import virga.model.Operation;
import virga.model.Structure;

/** A client of one environment: in the same process, or over the door. */
public interface Calls {
    /** @throws virga.kernel.Fault as the service answers */
    <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input);

    void putObject(String bucket, String key, Bytes content);

    /** Waits a moment between two looks at something that takes time. */
    void pause() throws InterruptedException;

    String accountId();

    String region();
}
