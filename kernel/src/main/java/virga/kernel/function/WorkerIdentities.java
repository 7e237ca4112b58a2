package virga.kernel.function;

import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Scope;

/**
 * Gives each worker credentials of its own and keeps which event it is handling, so that every call made with them is attributed
 * to the very invocation that made it. The cloud implements it.
 */
public interface WorkerIdentities {
    /** Credentials for a session of {@code roleArn} named {@code sessionName} (Lambda uses the function's name). */
    Credentials issue(Scope scope, String roleArn, String sessionName);

    /** From now on calls made with {@code accessKeyId} follow from {@code cause}. */
    void attribute(String accessKeyId, Cause cause);

    /** The worker has ended: its credentials are worth nothing any more. */
    void revoke(String accessKeyId);
}
