package virga.cloud.spine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import virga.cloud.Environment;
import virga.cloud.IdentityPolicies;
import virga.cloud.NamedPolicy;
import virga.cloud.ResourcePolicies;
import virga.cloud.Settings;
import virga.cloud.authorize.ApplicablePolicies;
import virga.cloud.authorize.AuthorizationRequest;
import virga.cloud.authorize.Authorizer;
import virga.cloud.authorize.Decision;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.model.Structure;
import virga.store.Reading;

/** Decides whether a call may go on. */
final class Authorization {
    /**
     * What the root user of a bucket's account may always do, whatever the bucket's policy denies: else nobody could mend it. Source:
     * PutBucketPolicy, Amazon S3 API Reference.
     */
    private static final Set<String> NEVER_DENIED_TO_ROOT =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    private final Registry registry;
    private final Authorizer authorizer = new Authorizer();

    Authorization(Registry registry) {
        this.registry = registry;
    }

    /** Why the call is to be refused, where it is. */
    <I extends Structure> Optional<Denial> check(Environment environment, Call call, Bound<I, ?> bound, I input) {
        if (bound.isOpenToAll()) {
            return Optional.empty();
        }
        Optional<Decision> denied = environment.read(reading -> denied(reading, call, bound, input));
        boolean enforced = environment.settings().authorization() == Settings.Authorization.ENFORCE;
        return denied.map(decision -> new Denial(decision.message(call), enforced));
    }

    /**
     * A call that no policy allows, or that one denies.
     *
     * @param message in AWS's words
     * @param enforced whether the call must be refused; under audit it is only noted
     */
    record Denial(String message, boolean enforced) {}

    /** The first of the call's actions that is not allowed. */
    private <I extends Structure> Optional<Decision> denied(Reading reading, Call call, Bound<I, ?> bound, I input) {
        Map<String, List<String>> actions = bound.actions(call, input);
        Map<String, List<String>> conditions = new LinkedHashMap<>(bound.conditions(call, input));
        ApplicablePolicies applicable = policies(reading, call.principal(), actions, conditions);
        return actions.entrySet().stream()
                .map(action -> authorizer.decide(
                        new AuthorizationRequest(call, action.getKey(), action.getValue(), conditions), applicable))
                .filter(decision -> !decision.allowed() && !isNeverDenied(call.principal(), decision))
                .findFirst();
    }

    private static boolean isNeverDenied(Principal principal, Decision decision) {
        return principal instanceof Principal.Root
                && !decision.crossAccount()
                && NEVER_DENIED_TO_ROOT.contains(decision.action());
    }

    /** @param conditions gets what IAM knows about the principal */
    private ApplicablePolicies policies(
            Reading reading,
            Principal principal,
            Map<String, List<String>> actions,
            Map<String, List<String>> conditions) {
        List<NamedPolicy> identity = List.of();
        List<NamedPolicy> boundary = List.of();
        if (registry.identityPolicies().isPresent()) {
            IdentityPolicies iam = registry.identityPolicies().get();
            iam.conditions(principal, reading).forEach(conditions::putIfAbsent);
            identity = iam.of(principal, reading);
            boundary = iam.boundary(principal, reading).stream().toList();
        }
        Map<String, NamedPolicy> ofResources = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        Set<String> resources = new LinkedHashSet<>();
        actions.values().forEach(resources::addAll);
        for (String resource : resources) {
            service(resource).ifPresent(service -> {
                service.owner(resource, reading).ifPresent(owner -> owners.put(resource, owner));
                boolean foreign = isForeign(principal, owners.getOrDefault(resource, ""));
                // Whoever is kept out has no use of the policy: without it nothing allows the call.
                service.of(resource, reading)
                        .filter(document -> !foreign || !service.isRestricted(resource, reading))
                        .ifPresent(document -> ofResources.put(resource, new NamedPolicy(resource, document)));
            });
        }
        return new ApplicablePolicies(identity, boundary, ofResources, owners);
    }

    private static boolean isForeign(Principal principal, String owner) {
        return switch (principal) {
            case Principal.Service service -> false;
            case Principal.Anonymous anonymous -> true;
            case Principal.Root root -> !owner.equals(root.account());
            case Principal.User user -> !owner.equals(user.account());
            case Principal.RoleSession role -> !owner.equals(role.account());
        };
    }

    private Optional<ResourcePolicies> service(String resource) {
        return Arn.isArn(resource)
                ? registry.resourcePolicies(Arn.parse(resource).service())
                : Optional.empty();
    }
}
