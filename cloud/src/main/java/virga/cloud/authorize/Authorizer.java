package virga.cloud.authorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import virga.cloud.NamedPolicy;
import virga.cloud.authorize.Decision.Outcome;
import virga.cloud.authorize.Decision.StatementReference;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.Principal;

/**
 * Decides whether a request is allowed.
 *
 * <p>In order: an explicit denial in any policy; a resource policy that names the principal itself; then what the principal's own policies,
 * its boundary and its session policy allow together, with the resource policy in the place of the first where it names the role. Across
 * accounts, both sides must allow it. Services and anonymous callers have nothing but the resource policy.
 *
 * <p>Source: "Policy evaluation for requests within a single account" and "Cross-account policy evaluation logic", AWS IAM User Guide.
 */
public final class Authorizer {
    /** Parsed documents kept; beyond it all are dropped and read again. */
    private static final int REMEMBERED = 4096;

    private final Map<String, PolicyDocument> parsed = new ConcurrentHashMap<>();

    /** Every resource of the request must be allowed; the first that is not decides. */
    public Decision decide(AuthorizationRequest request, ApplicablePolicies policies) {
        RequestContext context = RequestContext.of(request);
        List<StatementReference> decidedBy = new ArrayList<>();
        Decision first = null;
        for (String resource : request.resources()) {
            Decision decision = new Evaluation(request, policies, resource, context).decide();
            if (!decision.allowed()) {
                return decision;
            }
            first = first == null ? decision : first;
            decision.decidedBy().stream()
                    .filter(one -> !decidedBy.contains(one))
                    .forEach(decidedBy::add);
        }
        if (first == null) {
            throw new Bug("a request without resources");
        }
        return new Decision(
                first.outcome(), first.kind(), first.action(), first.resource(), first.crossAccount(), decidedBy);
    }

    private PolicyDocument parse(NamedPolicy policy) {
        if (parsed.size() > REMEMBERED) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(policy.document(), text -> {
            try {
                return PolicyReader.read(text);
            } catch (PolicyReader.Malformed malformed) {
                throw new Bug("policy " + policy.name() + " was kept although it is malformed", malformed);
            }
        });
    }

    /** The decision about one resource. */
    private final class Evaluation {
        private final AuthorizationRequest request;
        private final ApplicablePolicies policies;
        private final String resource;
        private final RequestContext context;
        private final Principal principal;
        private final PolicyKind resourceKind;
        private final List<NamedPolicy> session;

        Evaluation(AuthorizationRequest request, ApplicablePolicies policies, String resource, RequestContext context) {
            this.request = request;
            this.policies = policies;
            this.resource = resource;
            this.context = context;
            this.principal = request.call().principal();
            this.resourceKind = isAssumption() ? PolicyKind.TRUST : PolicyKind.RESOURCE;
            this.session = principal instanceof Principal.RoleSession role
                            && !role.sessionPolicy().isEmpty()
                    ? List.of(new NamedPolicy(role.arn(), role.sessionPolicy()))
                    : List.of();
        }

        /** Role trust policies are the one kind of resource policy that must itself allow, within an account as well. */
        private boolean isAssumption() {
            String action = request.action().toLowerCase(Locale.ROOT);
            return action.startsWith("sts:assumerole")
                    || action.equals("sts:tagsession")
                    || action.equals("sts:setsourceidentity");
        }

        Decision decide() {
            for (Found denied : List.of(
                    found(false, PolicyKind.IDENTITY, policies.identity()),
                    found(false, resourceKind, resourcePolicies()),
                    found(false, PolicyKind.BOUNDARY, policies.boundary()),
                    found(false, PolicyKind.SESSION, session))) {
                if (denied.closeness != Principals.Closeness.NOT) {
                    return new Decision(
                            Outcome.EXPLICITLY_DENIED,
                            denied.kind,
                            request.action(),
                            resource,
                            isForeign(),
                            List.of(denied.statement));
                }
            }
            Found byResource = found(true, resourceKind, resourcePolicies());
            return switch (principal) {
                case Principal.Service service -> onlyBy(byResource);
                case Principal.Anonymous anonymous -> onlyBy(byResource);
                case Principal.Root root ->
                    isForeign() || isAssumption() ? onlyBy(byResource) : allowed(PolicyKind.IDENTITY);
                case Principal.User user -> byEntity(byResource);
                case Principal.RoleSession roleSession -> byEntity(byResource);
            };
        }

        private Decision byEntity(Found byResource) {
            boolean named = byResource.closeness != Principals.Closeness.NOT;
            if ((isForeign() || isAssumption()) && !named) {
                return denied(resourceKind);
            }
            if (!isForeign() && byResource.closeness == Principals.Closeness.ITSELF) {
                return allowed(byResource);
            }
            Found byIdentity = found(true, PolicyKind.IDENTITY, policies.identity());
            boolean roleNamed = !isForeign() && byResource.closeness == Principals.Closeness.ROLE;
            if (byIdentity.closeness == Principals.Closeness.NOT && !roleNamed) {
                // Where the other account trusts this one as a whole, AWS blames the policy that does not name the
                // principal.
                boolean byAccountAlone = isForeign() && byResource.closeness == Principals.Closeness.ACCOUNT;
                return denied(byAccountAlone ? resourceKind : PolicyKind.IDENTITY);
            }
            if (!within(PolicyKind.BOUNDARY, policies.boundary())) {
                return denied(PolicyKind.BOUNDARY);
            }
            if (!within(PolicyKind.SESSION, session)) {
                return denied(PolicyKind.SESSION);
            }
            return byIdentity.closeness == Principals.Closeness.NOT ? allowed(byResource) : allowed(byIdentity);
        }

        private boolean within(PolicyKind kind, List<NamedPolicy> limits) {
            return limits.isEmpty() || found(true, kind, limits).closeness != Principals.Closeness.NOT;
        }

        private Decision onlyBy(Found byResource) {
            return byResource.closeness == Principals.Closeness.NOT ? denied(resourceKind) : allowed(byResource);
        }

        private Decision denied(PolicyKind kind) {
            return new Decision(Outcome.IMPLICITLY_DENIED, kind, request.action(), resource, isForeign(), List.of());
        }

        private Decision allowed(PolicyKind kind) {
            return new Decision(Outcome.ALLOWED, kind, request.action(), resource, isForeign(), List.of());
        }

        private Decision allowed(Found found) {
            return new Decision(
                    Outcome.ALLOWED, found.kind, request.action(), resource, isForeign(), List.of(found.statement));
        }

        /** Resources whose ARN names no account (S3's), or AWS itself (managed policies), count as the call's own. */
        private boolean isForeign() {
            String account = Arn.isArn(resource) ? Arn.parse(resource).account() : "";
            String owner = account.isEmpty() || account.equals("aws")
                    ? policies.owners().getOrDefault(resource, request.call().account())
                    : account;
            return !owner.equals(principal.account());
        }

        private List<NamedPolicy> resourcePolicies() {
            NamedPolicy policy = policies.resource().get(resource);
            return policy == null ? List.of() : List.of(policy);
        }

        /** The statement that names the principal most closely, among those of the given effect that concern the request. */
        private Found found(boolean allows, PolicyKind kind, List<NamedPolicy> documents) {
            Found closest = new Found(Principals.Closeness.NOT, kind, new StatementReference(kind, "", ""));
            for (NamedPolicy document : documents) {
                for (Statement statement : parse(document).statements()) {
                    Principals.Closeness closeness =
                            statement.allows() == allows ? closeness(kind, statement) : Principals.Closeness.NOT;
                    if (closeness.compareTo(closest.closeness) > 0
                            && statement.concerns(request.action(), resource, context)) {
                        closest = new Found(
                                closeness, kind, new StatementReference(kind, document.name(), statement.label()));
                    }
                }
            }
            return closest;
        }

        private Principals.Closeness closeness(PolicyKind kind, Statement statement) {
            return switch (kind) {
                case IDENTITY, BOUNDARY, SESSION -> Principals.Closeness.ITSELF;
                case RESOURCE, TRUST -> statement.principals().closeness(principal);
            };
        }
    }

    /** What a search among statements found: {@code NOT} close where none applies. */
    private record Found(Principals.Closeness closeness, PolicyKind kind, StatementReference statement) {}
}
