package virga.services.iam;

import java.util.List;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.AddUserToGroupRequest;
import virga.model.iam.AddUserToGroupResponse;
import virga.model.iam.CreateGroupRequest;
import virga.model.iam.CreateGroupResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeleteGroupRequest;
import virga.model.iam.DeleteGroupResponse;
import virga.model.iam.GetGroupRequest;
import virga.model.iam.GetGroupResponse;
import virga.model.iam.Group;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListGroupsForUserRequest;
import virga.model.iam.ListGroupsForUserResponse;
import virga.model.iam.ListGroupsRequest;
import virga.model.iam.ListGroupsResponse;
import virga.model.iam.RemoveUserFromGroupRequest;
import virga.model.iam.RemoveUserFromGroupResponse;
import virga.model.iam.UpdateGroupRequest;
import virga.model.iam.UpdateGroupResponse;
import virga.model.iam.User;
import virga.store.Reading;

/** The operations on groups, their policies apart. */
final class Groups {
    private static final Identities<Identity.Group> GROUPS = Identities.GROUPS;

    private final IamLimits limits;

    Groups(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_GROUP, this::createGroup)
                .resources(IamArns.of("group", CreateGroupRequest::groupName));
        binder.atomic(Iam.GET_GROUP, this::getGroup).resources(IamArns.of("group", GetGroupRequest::groupName));
        binder.atomic(Iam.LIST_GROUPS, this::listGroups);
        binder.atomic(Iam.UPDATE_GROUP, this::updateGroup)
                .resources(IamArns.of("group", UpdateGroupRequest::groupName));
        binder.atomic(Iam.DELETE_GROUP, this::deleteGroup)
                .resources(IamArns.of("group", DeleteGroupRequest::groupName));
        binder.atomic(Iam.ADD_USER_TO_GROUP, this::addUserToGroup)
                .resources(IamArns.of("group", AddUserToGroupRequest::groupName));
        binder.atomic(Iam.REMOVE_USER_FROM_GROUP, this::removeUserFromGroup)
                .resources(IamArns.of("group", RemoveUserFromGroupRequest::groupName));
        binder.atomic(Iam.LIST_GROUPS_FOR_USER, this::listGroupsForUser)
                .resources(IamArns.of("user", ListGroupsForUserRequest::userName));
    }

    private CreateGroupResponse createGroup(Call call, CreateGroupRequest input, UnitOfWork work) {
        if (GROUPS.all(work, call.account()).size() >= limits.account().groups()) {
            throw new LimitExceededException("Cannot exceed quota for GroupsPerAccount: "
                    + limits.account().groups());
        }
        Identity.Group group = new Identity.Group(
                new Identity.Facts(
                        input.groupName(),
                        input.path().orElse("/"),
                        "AGPA" + work.ids().upperBase32(17),
                        work.now()),
                Grants.NONE);
        GROUPS.add(work, call.account(), group);
        return CreateGroupResponse.builder().group(shown(call.account(), group)).build();
    }

    private GetGroupResponse getGroup(Call call, GetGroupRequest input, UnitOfWork work) {
        Identity.Group group = GROUPS.get(work, call.account(), input.groupName());
        List<User> members = members(work, call.account(), group).stream()
                .map(user -> Users.shown(call.account(), user))
                .toList();
        Page<User> page = Pages.of(
                members,
                input.marker(),
                input.maxItems(),
                user -> user.userName().orElse(""));
        return GetGroupResponse.builder()
                .group(shown(call.account(), group))
                .users(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private ListGroupsResponse listGroups(Call call, ListGroupsRequest input, UnitOfWork work) {
        List<Group> groups = GROUPS.all(work, call.account()).stream()
                .filter(group ->
                        group.facts().path().startsWith(input.pathPrefix().orElse("/")))
                .map(group -> shown(call.account(), group))
                .toList();
        Page<Group> page = Pages.of(
                groups,
                input.marker(),
                input.maxItems(),
                group -> group.groupName().orElse(""));
        return ListGroupsResponse.builder()
                .groups(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private UpdateGroupResponse updateGroup(Call call, UpdateGroupRequest input, UnitOfWork work) {
        Identity.Group group = GROUPS.get(work, call.account(), input.groupName());
        Identity.Group changed = group.with(new Identity.Facts(
                input.newGroupName().orElse(group.name()),
                input.newPath().orElse(group.facts().path()),
                group.facts().id(),
                group.facts().createdAt()));
        List<Identity.User> members = members(work, call.account(), group);
        GROUPS.remove(work, call.account(), group.name());
        GROUPS.add(work, call.account(), changed);
        for (Identity.User user : members) {
            Identity.User moved = user.withoutGroup(group.name()).withGroup(changed.name());
            Identities.USERS.put(work, call.account(), moved);
        }
        return UpdateGroupResponse.builder().build();
    }

    private DeleteGroupResponse deleteGroup(Call call, DeleteGroupRequest input, UnitOfWork work) {
        Identity.Group group = GROUPS.get(work, call.account(), input.groupName());
        if (!members(work, call.account(), group).isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must remove users from group first.");
        }
        GrantOperations.refuseWhereGranted(group.grants());
        GROUPS.remove(work, call.account(), group.name());
        return DeleteGroupResponse.builder().build();
    }

    private AddUserToGroupResponse addUserToGroup(Call call, AddUserToGroupRequest input, UnitOfWork work) {
        Identity.Group group = GROUPS.get(work, call.account(), input.groupName());
        Identity.User user =
                Identities.USERS.get(work, call.account(), input.userName()).withGroup(group.name());
        if (user.groups().size() > limits.groupsPerUser()) {
            throw new LimitExceededException("Cannot exceed quota for GroupsPerUser: " + limits.groupsPerUser());
        }
        Identities.USERS.put(work, call.account(), user);
        return AddUserToGroupResponse.builder().build();
    }

    private RemoveUserFromGroupResponse removeUserFromGroup(
            Call call, RemoveUserFromGroupRequest input, UnitOfWork work) {
        Identity.Group group = GROUPS.get(work, call.account(), input.groupName());
        Identity.User user = Identities.USERS.get(work, call.account(), input.userName());
        Identities.USERS.put(work, call.account(), user.withoutGroup(group.name()));
        return RemoveUserFromGroupResponse.builder().build();
    }

    private ListGroupsForUserResponse listGroupsForUser(Call call, ListGroupsForUserRequest input, UnitOfWork work) {
        Identity.User user = Identities.USERS.get(work, call.account(), input.userName());
        List<Group> groups = user.groups().stream()
                .map(name -> shown(call.account(), GROUPS.get(work, call.account(), name)))
                .toList();
        Page<Group> page = Pages.of(
                groups,
                input.marker(),
                input.maxItems(),
                group -> group.groupName().orElse(""));
        return ListGroupsForUserResponse.builder()
                .groups(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private static List<Identity.User> members(Reading reading, String account, Identity.Group group) {
        return Identities.USERS.all(reading, account).stream()
                .filter(user -> user.groups().contains(group.name()))
                .toList();
    }

    private static Group shown(String account, Identity.Group group) {
        return Group.builder()
                .path(group.facts().path())
                .groupName(group.name())
                .groupId(group.facts().id())
                .arn(GROUPS.arn(account, group))
                .createDate(group.facts().createdAt())
                .build();
    }
}
