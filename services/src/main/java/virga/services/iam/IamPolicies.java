package virga.services.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.IdentityPolicies;
import virga.cloud.NamedPolicy;
import virga.kernel.Principal;
import virga.store.Reading;

/** What the spine asks IAM about a principal. A role session's name is not IAM's business; its role is. */
final class IamPolicies implements IdentityPolicies {
    @Override
    public List<NamedPolicy> of(Principal principal, Reading reading) {
        return switch (principal) {
            case Principal.User user -> ofUser(user, reading);
            case Principal.RoleSession session ->
                role(session, reading)
                        .map(role -> documents(reading, "role/" + role.name(), role.grants()))
                        .orElse(List.of());
            case Principal.Root root -> List.of();
            case Principal.Service service -> List.of();
            case Principal.Anonymous anonymous -> List.of();
        };
    }

    private static List<NamedPolicy> ofUser(Principal.User principal, Reading reading) {
        List<NamedPolicy> policies = new ArrayList<>();
        user(principal, reading).ifPresent(user -> {
            policies.addAll(documents(reading, "user/" + user.name(), user.grants()));
            for (String name : user.groups()) {
                Identities.GROUPS
                        .find(reading, principal.account(), name)
                        .ifPresent(group -> policies.addAll(documents(reading, "group/" + name, group.grants())));
            }
        });
        return policies;
    }

    @Override
    public Optional<NamedPolicy> boundary(Principal principal, Reading reading) {
        String arn = switch (principal) {
            case Principal.User user ->
                user(user, reading).map(Identity.User::boundary).orElse("");
            case Principal.RoleSession session ->
                role(session, reading).map(Identity.Role::boundary).orElse("");
            case Principal.Root root -> "";
            case Principal.Service service -> "";
            case Principal.Anonymous anonymous -> "";
        };
        return arn.isEmpty() ? Optional.empty() : Optional.of(managed(reading, arn));
    }

    @Override
    public Map<String, List<String>> conditions(Principal principal, Reading reading) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        switch (principal) {
            case Principal.User user ->
                user(user, reading).ifPresent(kept -> {
                    conditions.put("aws:PrincipalArn", List.of(Identities.USERS.arn(user.account(), kept)));
                    conditions.put("aws:userid", List.of(kept.facts().id()));
                    kept.tags().forEach((key, value) -> conditions.put("aws:PrincipalTag/" + key, List.of(value)));
                });
            case Principal.RoleSession session ->
                role(session, reading).ifPresent(kept -> {
                    conditions.put("aws:PrincipalArn", List.of(Identities.ROLES.arn(session.account(), kept)));
                    conditions.put("aws:userid", List.of(kept.facts().id() + ":" + session.sessionName()));
                    kept.tags().forEach((key, value) -> conditions.put("aws:PrincipalTag/" + key, List.of(value)));
                });
            case Principal.Root root -> {}
            case Principal.Service service -> {}
            case Principal.Anonymous anonymous -> {}
        }
        return conditions;
    }

    private static Optional<Identity.User> user(Principal.User user, Reading reading) {
        return Identities.USERS.find(reading, user.account(), user.name());
    }

    private static Optional<Identity.Role> role(Principal.RoleSession session, Reading reading) {
        return Identities.ROLES.find(reading, session.account(), session.roleName());
    }

    private static List<NamedPolicy> documents(Reading reading, String holder, Grants grants) {
        List<NamedPolicy> policies = new ArrayList<>();
        grants.inline().forEach((name, document) -> policies.add(new NamedPolicy(holder + "/" + name, document)));
        grants.attached().forEach(arn -> policies.add(managed(reading, arn)));
        return policies;
    }

    private static NamedPolicy managed(Reading reading, String arn) {
        return new NamedPolicy(arn, ManagedPolicies.get(reading, arn).inForce().document());
    }
}
