package virga.services.iam;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.model.iam.DeleteRolePermissionsBoundaryRequest;
import virga.model.iam.DeleteRoleRequest;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetRoleRequest;
import virga.model.iam.Iam;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.PutRolePermissionsBoundaryRequest;
import virga.model.iam.Role;
import virga.model.iam.TagRoleRequest;
import virga.model.iam.UntagRoleRequest;
import virga.model.iam.UpdateAssumeRolePolicyRequest;
import virga.model.iam.UpdateRoleRequest;

/** {@code AWS::IAM::Role}. Source: its page in the CloudFormation Template Reference. */
final class RoleProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 64;
    private static final int DEFAULT_SESSION_SECONDS = 3600;

    @Override
    public String type() {
        return "AWS::IAM::Role";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .requiring("AssumeRolePolicyDocument")
                .replacing("RoleName", "Path")
                .inPlace(
                        "AssumeRolePolicyDocument/**",
                        "Description",
                        "ManagedPolicyArns/[]",
                        "MaxSessionDuration",
                        "PermissionsBoundary",
                        "Policies/[]/PolicyName",
                        "Policies/[]/PolicyDocument/**",
                        "Tags/[]/Key",
                        "Tags/[]/Value");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("RoleName", LONGEST_NAME);
        request.callUnlessMade(
                EntityAlreadyExistsException.class,
                Iam.CREATE_ROLE,
                request.properties().withText("AssumeRolePolicyDocument").as(Iam.CREATE_ROLE).toBuilder()
                        .roleName(name)
                        .maxSessionDuration(sessionSeconds(request))
                        .tags(Tags.list(request.allTags()))
                        .build(),
                () -> Tags.map(role(request, name).tags()));
        request.completeOrDelete(
                () -> PolicyHolder.ROLE.apply(request, name), () -> delete(request, new Provisioned(name, Map.of())));
        return provisioned(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String name = current.physicalId();
        request.call(
                Iam.UPDATE_ASSUME_ROLE_POLICY,
                UpdateAssumeRolePolicyRequest.builder()
                        .roleName(name)
                        .policyDocument(request.properties().requiredDocument("AssumeRolePolicyDocument"))
                        .build());
        request.call(
                Iam.UPDATE_ROLE,
                UpdateRoleRequest.builder()
                        .roleName(name)
                        .description(request.properties().text("Description", ""))
                        .maxSessionDuration(sessionSeconds(request))
                        .build());
        boundary(request, name);
        PolicyHolder.ROLE.dropSince(previous, request, name);
        PolicyHolder.ROLE.apply(request, name);
        retag(request, name);
        return provisioned(request, name);
    }

    private static void boundary(Provisioning request, String name) {
        String boundary = request.properties().text("PermissionsBoundary", "");
        if (boundary.isEmpty()) {
            request.call(
                    Iam.DELETE_ROLE_PERMISSIONS_BOUNDARY,
                    DeleteRolePermissionsBoundaryRequest.builder()
                            .roleName(name)
                            .build());
        } else {
            request.call(
                    Iam.PUT_ROLE_PERMISSIONS_BOUNDARY,
                    PutRolePermissionsBoundaryRequest.builder()
                            .roleName(name)
                            .permissionsBoundary(boundary)
                            .build());
        }
    }

    private static void retag(Provisioning request, String name) {
        Retagging.change(
                Tags.map(role(request, name).tags()).keySet(),
                request.allTags(),
                gone -> request.call(
                        Iam.UNTAG_ROLE,
                        UntagRoleRequest.builder().roleName(name).tagKeys(gone).build()),
                wanted -> request.call(
                        Iam.TAG_ROLE,
                        TagRoleRequest.builder()
                                .roleName(name)
                                .tags(Tags.list(wanted))
                                .build()));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        PolicyHolder.ROLE.drop(request, current.physicalId());
        request.callUnlessGone(
                NoSuchEntityException.class,
                Iam.DELETE_ROLE,
                DeleteRoleRequest.builder().roleName(current.physicalId()).build());
    }

    private static Provisioned provisioned(Provisioning request, String name) {
        Role role = role(request, name);
        return new Provisioned(
                name,
                Map.of("Arn", role.arn().orElseThrow(), "RoleId", role.roleId().orElseThrow()));
    }

    private static Role role(Provisioning request, String name) {
        return request.call(
                        Iam.GET_ROLE, GetRoleRequest.builder().roleName(name).build())
                .role()
                .orElseThrow();
    }

    private static int sessionSeconds(Provisioning request) {
        return request.properties().integer("MaxSessionDuration", DEFAULT_SESSION_SECONDS);
    }
}
