package virga.services.iam;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.model.iam.AddUserToGroupRequest;
import virga.model.iam.DeleteUserPermissionsBoundaryRequest;
import virga.model.iam.DeleteUserRequest;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetUserRequest;
import virga.model.iam.Iam;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.PutUserPermissionsBoundaryRequest;
import virga.model.iam.RemoveUserFromGroupRequest;
import virga.model.iam.TagUserRequest;
import virga.model.iam.UntagUserRequest;
import virga.model.iam.UpdateUserRequest;
import virga.model.iam.User;

/** {@code AWS::IAM::User}. Source: its page in the CloudFormation Template Reference. */
final class UserProvisioner implements Provisioner {
    private static final int LONGEST_NAME = 64;

    @Override
    public String type() {
        return "AWS::IAM::User";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("UserName")
                .inPlace(
                        "Groups/[]",
                        "ManagedPolicyArns/[]",
                        "Path",
                        "PermissionsBoundary",
                        "Policies/[]/PolicyName",
                        "Policies/[]/PolicyDocument/**",
                        "Tags/[]/Key",
                        "Tags/[]/Value")
                .unsupported("LoginProfile");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String name = request.name("UserName", LONGEST_NAME);
        request.callUnlessMade(
                EntityAlreadyExistsException.class,
                Iam.CREATE_USER,
                request.properties().as(Iam.CREATE_USER).toBuilder()
                        .userName(name)
                        .tags(Tags.list(request.allTags()))
                        .build(),
                () -> Tags.map(user(request, name).tags()));
        request.completeOrDelete(
                () -> {
                    join(request, name);
                    PolicyHolder.USER.apply(request, name);
                },
                () -> delete(request, new Provisioned(name, Map.of())));
        return provisioned(request, name);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String name = current.physicalId();
        request.call(
                Iam.UPDATE_USER,
                UpdateUserRequest.builder()
                        .userName(name)
                        .newPath(request.properties().text("Path", "/"))
                        .build());
        boundary(request, name);
        join(request, name);
        request.properties().dropped(previous, "Groups").forEach(group -> leave(request, name, group));
        PolicyHolder.USER.dropSince(previous, request, name);
        PolicyHolder.USER.apply(request, name);
        retag(request, name);
        return provisioned(request, name);
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        String name = current.physicalId();
        request.properties().texts("Groups").forEach(group -> leave(request, name, group));
        PolicyHolder.USER.drop(request, name);
        request.callUnlessGone(
                NoSuchEntityException.class,
                Iam.DELETE_USER,
                DeleteUserRequest.builder().userName(name).build());
    }

    private static void join(Provisioning request, String name) {
        for (String group : request.properties().texts("Groups")) {
            request.call(
                    Iam.ADD_USER_TO_GROUP,
                    AddUserToGroupRequest.builder()
                            .groupName(group)
                            .userName(name)
                            .build());
        }
    }

    private static void leave(Provisioning request, String name, String group) {
        request.callUnlessGone(
                NoSuchEntityException.class,
                Iam.REMOVE_USER_FROM_GROUP,
                RemoveUserFromGroupRequest.builder()
                        .groupName(group)
                        .userName(name)
                        .build());
    }

    private static void boundary(Provisioning request, String name) {
        String boundary = request.properties().text("PermissionsBoundary", "");
        if (boundary.isEmpty()) {
            request.call(
                    Iam.DELETE_USER_PERMISSIONS_BOUNDARY,
                    DeleteUserPermissionsBoundaryRequest.builder()
                            .userName(name)
                            .build());
        } else {
            request.call(
                    Iam.PUT_USER_PERMISSIONS_BOUNDARY,
                    PutUserPermissionsBoundaryRequest.builder()
                            .userName(name)
                            .permissionsBoundary(boundary)
                            .build());
        }
    }

    private static void retag(Provisioning request, String name) {
        Retagging.change(
                Tags.map(user(request, name).tags()).keySet(),
                request.allTags(),
                gone -> request.call(
                        Iam.UNTAG_USER,
                        UntagUserRequest.builder().userName(name).tagKeys(gone).build()),
                wanted -> request.call(
                        Iam.TAG_USER,
                        TagUserRequest.builder()
                                .userName(name)
                                .tags(Tags.list(wanted))
                                .build()));
    }

    private static Provisioned provisioned(Provisioning request, String name) {
        return new Provisioned(name, Map.of("Arn", user(request, name).arn().orElseThrow()));
    }

    private static User user(Provisioning request, String name) {
        return request.call(
                        Iam.GET_USER, GetUserRequest.builder().userName(name).build())
                .user()
                .orElseThrow();
    }
}
