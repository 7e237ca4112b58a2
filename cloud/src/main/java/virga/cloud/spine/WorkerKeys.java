package virga.cloud.spine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Ids;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.function.WorkerIdentities;

/**
 * The credentials of running workers and the event each one has in hand. In memory only: a worker does not outlive this process, and
 * neither does what its credentials are worth.
 */
public final class WorkerKeys implements WorkerIdentities {
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Ids ids;

    public WorkerKeys(Ids ids) {
        this.ids = ids;
    }

    @Override
    public Credentials issue(Scope scope, String roleArn, String sessionName) {
        Arn role = Arn.parse(roleArn);
        Principal principal = new Principal.RoleSession(role.account(), role.name(), sessionName);
        Credentials credentials = new Credentials(
                "ASIA" + ids.upperBase32(16), ids.alphanumeric(40), "virga" + ids.alphanumeric(80), Instant.MAX);
        held.put(credentials.accessKeyId(), new Held(scope, credentials, principal));
        return credentials;
    }

    @Override
    public void attribute(String accessKeyId, Cause cause) {
        Held worker = held.get(accessKeyId);
        if (worker == null) {
            throw new Bug("an event for a worker whose key was revoked: " + accessKeyId);
        }
        worker.cause = Optional.of(cause);
    }

    @Override
    public void revoke(String accessKeyId) {
        held.remove(accessKeyId);
    }

    Optional<Caller> find(String accessKeyId) {
        return Optional.ofNullable(held.get(accessKeyId))
                .map(worker ->
                        new Caller(worker.scope.environment(), worker.credentials, worker.principal, worker.cause));
    }

    private static final class Held {
        private final Scope scope;
        private final Credentials credentials;
        private final Principal principal;
        private volatile Optional<Cause> cause = Optional.empty();

        Held(Scope scope, Credentials credentials, Principal principal) {
            this.scope = scope;
            this.credentials = credentials;
            this.principal = principal;
        }
    }
}
