package virga.cloud.spine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import virga.cloud.IdentityPolicies;
import virga.cloud.NamedPolicy;
import virga.cloud.Settings;
import virga.cloud.authorize.ApplicablePolicies;
import virga.cloud.authorize.AuthorizationRequest;
import virga.cloud.authorize.Authorizer;
import virga.cloud.authorize.Decision;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.Structure;
import virga.store.Reading;

/** Decides whether a call may go on; under audit it only notes what would have been denied. */
final class Authorization {
    private final Registry registry;
    private final Authorizer authorizer = new Authorizer();

    Authorization(Registry registry) {
        this.registry = registry;
    }

    /** @throws Fault {@code AccessDenied} where the environment enforces */
    <I extends Structure> void check(
            LiveExchange exchange, Call call, Bound<I, ?> bound, I input, List<String> resources) {
        if (bound.isOpenToAll() || isOwner(call, resources)) {
            return;
        }
        Decision decision = exchange.read(reading -> decide(reading, call, bound, input, resources));
        if (decision.allowed()) {
            return;
        }
        if (exchange.settings().authorization() == Settings.Authorization.ENFORCE) {
            throw new Fault("AccessDenied", 403, decision.message(call));
        }
        exchange.detail(Details.WOULD_BE_DENIED, decision.message(call));
    }

    /** The root user of an account may do everything with what is the account's own: no policy needs to be read. */
    private static boolean isOwner(Call call, List<String> resources) {
        return call.principal() instanceof Principal.Root root
                && root.account().equals(call.account())
                && resources.stream().allMatch(resource -> isOwn(resource, root.account()));
    }

    /** Resources whose ARN names no account (S3's) count as the call's own. */
    private static boolean isOwn(String resource, String account) {
        String owner = Arn.isArn(resource) ? Arn.parse(resource).account() : "";
        return owner.isEmpty() || owner.equals(account) || owner.equals("aws");
    }

    private <I extends Structure> Decision decide(
            Reading reading, Call call, Bound<I, ?> bound, I input, List<String> resources) {
        Map<String, List<String>> conditions = new LinkedHashMap<>(bound.conditions(call, input));
        List<NamedPolicy> identity = List.of();
        List<NamedPolicy> boundary = List.of();
        if (registry.identityPolicies().isPresent()) {
            IdentityPolicies policies = registry.identityPolicies().get();
            policies.conditions(call.principal(), reading).forEach(conditions::putIfAbsent);
            identity = policies.of(call.principal(), reading);
            boundary = policies.boundary(call.principal(), reading).stream().toList();
        }
        ApplicablePolicies applicable =
                new ApplicablePolicies(identity, boundary, resourcePolicies(reading, resources));
        List<Decision> decisions = bound.actions(call, input).entrySet().stream()
                .map(action -> authorizer.decide(
                        new AuthorizationRequest(call, action.getKey(), action.getValue(), conditions), applicable))
                .toList();
        return decisions.stream()
                .filter(decision -> !decision.allowed())
                .findFirst()
                .orElseGet(decisions::getFirst);
    }

    private Map<String, NamedPolicy> resourcePolicies(Reading reading, List<String> resources) {
        Map<String, NamedPolicy> found = new LinkedHashMap<>();
        for (String resource : resources) {
            if (Arn.isArn(resource)) {
                registry.resourcePolicies(Arn.parse(resource).service())
                        .flatMap(policies -> policies.of(resource, reading))
                        .ifPresent(document -> found.put(resource, new NamedPolicy(resource, document)));
            }
        }
        return found;
    }
}
