package virga.server.door;

import java.util.Optional;
import java.util.Set;
import virga.cloud.spine.Caller;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.protocol.HttpRequest;
import virga.protocol.signature.CredentialScope;

/**
 * Finds who makes a request by its access key. A key that Virga gave out must be signed with its secret and not have expired. A key of
 * 12 digits is the root user of that account, any other the root user of the default environment's account: for these there is no
 * secret, so their signature is not looked at.
 */
final class Identification {
    /** Services that AWS lets anyone call whom a resource's policy allows, and operations that come before credentials. */
    private static final Set<String> OPEN_SERVICES = Set.of("s3", "sqs", "sns");

    private static final Set<String> OPEN_OPERATIONS =
            Set.of("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "GetId", "InitiateAuth", "SignUp");

    /** The session tokens that Virga gives out begin so. */
    private static final String OUR_TOKENS = "virga";

    private final Cloud cloud;

    Identification(Cloud cloud) {
        this.cloud = cloud;
    }

    /** @throws Fault in the service's words where the request is signed badly, or not at all though it must be */
    Identified identify(HttpRequest request, ServiceModel service, Operation<?, ?> operation) {
        Optional<CredentialScope> scope = CredentialScope.claimedBy(request);
        if (scope.isEmpty()) {
            if (!OPEN_SERVICES.contains(service.modelName()) && !OPEN_OPERATIONS.contains(operation.name())) {
                throw Refusals.missing(protocol(service));
            }
            LiveEnvironment environment = defaultEnvironment();
            return outside(
                    request,
                    environment,
                    new Principal.Anonymous(environment.settings().accountId()));
        }
        String key = scope.get().accessKeyId();
        Optional<Caller> caller = cloud.caller(key);
        if (caller.isPresent()) {
            return known(request, service, caller.get());
        }
        if (sessionToken(request).startsWith(OUR_TOKENS)) {
            throw Refusals.unknown(protocol(service));
        }
        LiveEnvironment environment = defaultEnvironment();
        String account = key.matches("\\d{12}") ? key : environment.settings().accountId();
        return outside(request, environment, new Principal.Root(account));
    }

    private Identified known(HttpRequest request, ServiceModel service, Caller caller) {
        LiveEnvironment environment = cloud.environment(caller.environment());
        Credentials credentials = caller.credentials();
        if (!sessionToken(request).equals(credentials.sessionToken())) {
            throw Refusals.unknown(protocol(service));
        }
        if (credentials.expiration().isBefore(environment.ports().clock().now())) {
            throw Refusals.expired(protocol(service));
        }
        return caller.attributed()
                .map(cause -> new Identified(environment, caller.principal(), cause))
                .orElseGet(() -> outside(request, environment, caller.principal()));
    }

    LiveEnvironment defaultEnvironment() {
        return cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
    }

    private static Identified outside(HttpRequest request, LiveEnvironment environment, Principal principal) {
        String trace = TraceHeader.root(request)
                .orElseGet(() -> environment.ports().ids().traceId());
        return new Identified(environment, principal, Cause.root(trace));
    }

    private static String sessionToken(HttpRequest request) {
        return request.headers()
                .first("X-Amz-Security-Token")
                .orElseGet(() -> request.query().contains("X-Amz-Security-Token=")
                        ? request.parameters().first("X-Amz-Security-Token").orElse("")
                        : "");
    }

    private static Protocol protocol(ServiceModel service) {
        return service.protocols().getFirst();
    }
}
