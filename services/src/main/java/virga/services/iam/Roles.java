package virga.services.iam;

import java.util.List;
import java.util.TreeMap;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.iam.AttachedPermissionsBoundary;
import virga.model.iam.CreateRoleRequest;
import virga.model.iam.CreateRoleResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeleteRolePermissionsBoundaryRequest;
import virga.model.iam.DeleteRolePermissionsBoundaryResponse;
import virga.model.iam.DeleteRoleRequest;
import virga.model.iam.DeleteRoleResponse;
import virga.model.iam.GetRoleRequest;
import virga.model.iam.GetRoleResponse;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListRoleTagsRequest;
import virga.model.iam.ListRoleTagsResponse;
import virga.model.iam.ListRolesRequest;
import virga.model.iam.ListRolesResponse;
import virga.model.iam.PutRolePermissionsBoundaryRequest;
import virga.model.iam.PutRolePermissionsBoundaryResponse;
import virga.model.iam.Role;
import virga.model.iam.RoleLastUsed;
import virga.model.iam.Tag;
import virga.model.iam.TagRoleRequest;
import virga.model.iam.TagRoleResponse;
import virga.model.iam.UntagRoleRequest;
import virga.model.iam.UntagRoleResponse;
import virga.model.iam.UpdateAssumeRolePolicyRequest;
import virga.model.iam.UpdateAssumeRolePolicyResponse;
import virga.model.iam.UpdateRoleDescriptionRequest;
import virga.model.iam.UpdateRoleDescriptionResponse;
import virga.model.iam.UpdateRoleRequest;
import virga.model.iam.UpdateRoleResponse;

/** The operations on roles, their policies apart. */
final class Roles {
    private static final int DEFAULT_SESSION_SECONDS = 3600;
    private static final Identities<Identity.Role> ROLES = Identities.ROLES;

    private final IamLimits limits;

    Roles(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_ROLE, this::createRole).resources(IamArns.of("role", CreateRoleRequest::roleName));
        binder.atomic(Iam.GET_ROLE, this::getRole).resources(IamArns.of("role", GetRoleRequest::roleName));
        binder.atomic(Iam.LIST_ROLES, this::listRoles);
        binder.atomic(Iam.UPDATE_ROLE, this::updateRole).resources(IamArns.of("role", UpdateRoleRequest::roleName));
        binder.atomic(Iam.UPDATE_ROLE_DESCRIPTION, this::updateRoleDescription)
                .resources(IamArns.of("role", UpdateRoleDescriptionRequest::roleName));
        binder.atomic(Iam.UPDATE_ASSUME_ROLE_POLICY, this::updateAssumeRolePolicy)
                .resources(IamArns.of("role", UpdateAssumeRolePolicyRequest::roleName));
        binder.atomic(Iam.DELETE_ROLE, this::deleteRole).resources(IamArns.of("role", DeleteRoleRequest::roleName));
        binder.atomic(Iam.PUT_ROLE_PERMISSIONS_BOUNDARY, this::putRolePermissionsBoundary)
                .resources(IamArns.of("role", PutRolePermissionsBoundaryRequest::roleName));
        binder.atomic(Iam.DELETE_ROLE_PERMISSIONS_BOUNDARY, this::deleteRolePermissionsBoundary)
                .resources(IamArns.of("role", DeleteRolePermissionsBoundaryRequest::roleName));
        binder.atomic(Iam.TAG_ROLE, this::tagRole).resources(IamArns.of("role", TagRoleRequest::roleName));
        binder.atomic(Iam.UNTAG_ROLE, this::untagRole).resources(IamArns.of("role", UntagRoleRequest::roleName));
        binder.atomic(Iam.LIST_ROLE_TAGS, this::listRoleTags)
                .resources(IamArns.of("role", ListRoleTagsRequest::roleName));
    }

    private CreateRoleResponse createRole(Call call, CreateRoleRequest input, UnitOfWork work) {
        if (ROLES.all(work, call.account()).size() >= limits.account().roles()) {
            throw new LimitExceededException("Cannot exceed quota for RolesPerAccount: "
                    + limits.account().roles());
        }
        Documents.checkTrust(work, call.account(), input.assumeRolePolicyDocument());
        Documents.fits(input.assumeRolePolicyDocument(), limits.sizes().trust(), "ACLSizePerRole");
        input.permissionsBoundary().ifPresent(arn -> ManagedPolicies.attachable(work, call.account(), arn));
        Identity.Role role = new Identity.Role(
                new Identity.Facts(
                        input.roleName(),
                        input.path().orElse("/"),
                        "AROA" + work.ids().upperBase32(17),
                        work.now()),
                new Identity.Trust(
                        input.assumeRolePolicyDocument(),
                        input.maxSessionDuration().orElse(DEFAULT_SESSION_SECONDS)),
                input.description().orElse(""),
                input.permissionsBoundary().orElse(""),
                Grants.NONE,
                Tags.add(new TreeMap<>(), input.tags(), limits.tags()));
        ROLES.add(work, call.account(), role);
        return CreateRoleResponse.builder().role(shown(call.account(), role)).build();
    }

    private GetRoleResponse getRole(Call call, GetRoleRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        Role shown = shown(call.account(), role).toBuilder()
                .roleLastUsed(RoleLastUsed.builder().build())
                .build();
        return GetRoleResponse.builder().role(shown).build();
    }

    private ListRolesResponse listRoles(Call call, ListRolesRequest input, UnitOfWork work) {
        List<Role> roles = ROLES.all(work, call.account()).stream()
                .filter(role ->
                        role.facts().path().startsWith(input.pathPrefix().orElse("/")))
                // Lists leave out what GetRole shows: tags and the boundary.
                .map(role -> shown(call.account(), role).toBuilder()
                        .tags(null)
                        .permissionsBoundary(null)
                        .build())
                .toList();
        Page<Role> page = Pages.of(
                roles, input.marker(), input.maxItems(), role -> role.roleName().orElse(""));
        return ListRolesResponse.builder()
                .roles(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private UpdateRoleResponse updateRole(Call call, UpdateRoleRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        int seconds = input.maxSessionDuration().orElse(role.trust().maxSessionSeconds());
        Identity.Role changed = role.with(new Identity.Trust(role.trust().document(), seconds))
                .withDescription(input.description().orElse(role.description()));
        ROLES.put(work, call.account(), changed);
        return UpdateRoleResponse.builder().build();
    }

    private UpdateRoleDescriptionResponse updateRoleDescription(
            Call call, UpdateRoleDescriptionRequest input, UnitOfWork work) {
        Identity.Role changed =
                ROLES.get(work, call.account(), input.roleName()).withDescription(input.description());
        ROLES.put(work, call.account(), changed);
        return UpdateRoleDescriptionResponse.builder()
                .role(shown(call.account(), changed))
                .build();
    }

    private UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
            Call call, UpdateAssumeRolePolicyRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        Documents.checkTrust(work, call.account(), input.policyDocument());
        Documents.fits(input.policyDocument(), limits.sizes().trust(), "ACLSizePerRole");
        ROLES.put(
                work,
                call.account(),
                role.with(
                        new Identity.Trust(input.policyDocument(), role.trust().maxSessionSeconds())));
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    private DeleteRoleResponse deleteRole(Call call, DeleteRoleRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        boolean inProfile = InstanceProfileRow.all(work, call.account()).stream()
                .anyMatch(profile -> profile.role().equals(role.name()));
        if (inProfile) {
            throw new DeleteConflictException("Cannot delete entity, must remove roles from instance profile first.");
        }
        GrantOperations.refuseWhereGranted(role.grants());
        ROLES.remove(work, call.account(), role.name());
        return DeleteRoleResponse.builder().build();
    }

    private PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
            Call call, PutRolePermissionsBoundaryRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        ManagedPolicies.attachable(work, call.account(), input.permissionsBoundary());
        ROLES.put(work, call.account(), role.withBoundary(input.permissionsBoundary()));
        return PutRolePermissionsBoundaryResponse.builder().build();
    }

    private DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            Call call, DeleteRolePermissionsBoundaryRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        ROLES.put(work, call.account(), role.withBoundary(""));
        return DeleteRolePermissionsBoundaryResponse.builder().build();
    }

    private TagRoleResponse tagRole(Call call, TagRoleRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        ROLES.put(work, call.account(), role.with(Tags.add(role.tags(), input.tags(), limits.tags())));
        return TagRoleResponse.builder().build();
    }

    private UntagRoleResponse untagRole(Call call, UntagRoleRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        ROLES.put(work, call.account(), role.with(Tags.remove(role.tags(), input.tagKeys())));
        return UntagRoleResponse.builder().build();
    }

    private ListRoleTagsResponse listRoleTags(Call call, ListRoleTagsRequest input, UnitOfWork work) {
        Identity.Role role = ROLES.get(work, call.account(), input.roleName());
        Page<Tag> page = Pages.of(Tags.list(role.tags()), input.marker(), input.maxItems(), Tag::key);
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    /** A role as answers show it. */
    static Role shown(String account, Identity.Role role) {
        return Role.builder()
                .path(role.facts().path())
                .roleName(role.name())
                .roleId(role.facts().id())
                .arn(ROLES.arn(account, role))
                .createDate(role.facts().createdAt())
                .assumeRolePolicyDocument(Documents.encoded(role.trust().document()))
                .description(Unset.ifEmpty(role.description()))
                .maxSessionDuration(role.trust().maxSessionSeconds())
                .permissionsBoundary(boundary(role.boundary()))
                .tags(Tags.orNone(role.tags()))
                .build();
    }

    /** {@code null} where there is none. */
    static AttachedPermissionsBoundary boundary(String arn) {
        return arn.isEmpty()
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType("Policy")
                        .permissionsBoundaryArn(arn)
                        .build();
    }
}
