package virga.server.door;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import virga.cloud.spine.Caller;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.protocol.HttpRequest;
import virga.protocol.routing.Destination.ApiCall;
import virga.protocol.signature.Authentication;
import virga.protocol.signature.CredentialScope;
import virga.protocol.signature.PayloadProof;
import virga.protocol.signature.SignatureFaults;
import virga.protocol.signature.SignatureVerifier;

/**
 * Finds who makes a request by its access key. A key that Virga gave out must be signed with its secret and not have expired. A key of
 * 12 digits is the root user of that account, any other the root user of the default environment's account: for these there is no
 * secret, so their signature is not looked at.
 */
final class Identification {
    /** Services that AWS lets anyone call whom a resource's policy allows. */
    private static final Set<String> OPEN_SERVICES = Set.of("s3", "sqs", "sns");

    /** Operations that come before credentials. */
    private static final Set<String> OPEN_OPERATIONS = Set.of("AssumeRoleWithWebIdentity", "AssumeRoleWithSAML");

    /** The session tokens that Virga gives out begin so. */
    private static final String OUR_TOKENS = "virga";

    private final Cloud cloud;
    private final Clock machine;
    private final SignatureVerifier verifier;

    Identification(Cloud cloud, Clock machine) {
        this.cloud = cloud;
        this.machine = machine;
        this.verifier = new SignatureVerifier(id -> cloud.caller(id).map(caller -> unexpiring(caller.credentials())));
    }

    /** @throws Fault in the service's words where the request is signed badly, or not at all though it must be */
    Identified identify(HttpRequest request, ApiCall api) {
        SignatureFaults faults = SignatureFaults.of(api.service(), api.protocol());
        Optional<CredentialScope> scope = CredentialScope.claimedBy(request);
        LiveEnvironment byDefault = defaultEnvironment();
        if (scope.isEmpty()) {
            if (!OPEN_SERVICES.contains(api.service().modelName())
                    && !OPEN_OPERATIONS.contains(api.operation().name())) {
                throw faults.missing();
            }
            Principal nobody = new Principal.Anonymous(byDefault.settings().accountId());
            return new Identified(byDefault, nobody, root(request, byDefault), claimed(request));
        }
        String key = scope.get().accessKeyId();
        Optional<Caller> caller = cloud.caller(key);
        if (caller.isPresent()) {
            return known(request, api, caller.get(), faults);
        }
        if (sessionToken(request).startsWith(OUR_TOKENS)) {
            throw faults.unknownKey();
        }
        String account = key.matches("\\d{12}") ? key : byDefault.settings().accountId();
        return new Identified(byDefault, new Principal.Root(account), root(request, byDefault), claimed(request));
    }

    private Identified known(HttpRequest request, ApiCall api, Caller caller, SignatureFaults faults) {
        LiveEnvironment environment = cloud.environment(caller.environment());
        Authentication proven = verifier.verify(request, api.service(), api.protocol(), machine.now());
        if (caller.credentials()
                .expiration()
                .isBefore(environment.ports().clock().now())) {
            throw faults.expiredToken();
        }
        PayloadProof payload = switch (proven) {
            case Authentication.Anonymous anonymous -> throw faults.missing();
            case Authentication.Signed signed -> signed.payload();
        };
        Cause cause = caller.attributed().orElseGet(() -> root(request, environment));
        return new Identified(environment, caller.principal(), cause, payload);
    }

    LiveEnvironment defaultEnvironment() {
        return cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
    }

    private static Cause root(HttpRequest request, LiveEnvironment environment) {
        return Cause.root(TraceHeader.root(request)
                .orElseGet(() -> environment.ports().ids().traceId()));
    }

    /** What the header says of the body of a request whose signature nobody can verify: framing is undone, hashes are checked. */
    private static PayloadProof claimed(HttpRequest request) {
        return PayloadProof.unsigned(request.headers().value("x-amz-content-sha256", ""));
    }

    /** Whether credentials have expired is a question to their environment's clock, not to the machine's. */
    private static Credentials unexpiring(Credentials credentials) {
        return new Credentials(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken(), Instant.MAX);
    }

    private static String sessionToken(HttpRequest request) {
        return request.headers()
                .first("X-Amz-Security-Token")
                .orElseGet(() -> request.query().contains("X-Amz-Security-Token=")
                        ? request.parameters().first("X-Amz-Security-Token").orElse("")
                        : "");
    }
}
