package virga.services.iam;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.iam.CreateUserRequest;
import virga.model.iam.CreateUserResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeleteUserPermissionsBoundaryRequest;
import virga.model.iam.DeleteUserPermissionsBoundaryResponse;
import virga.model.iam.DeleteUserRequest;
import virga.model.iam.DeleteUserResponse;
import virga.model.iam.GetUserRequest;
import virga.model.iam.GetUserResponse;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListUserTagsRequest;
import virga.model.iam.ListUserTagsResponse;
import virga.model.iam.ListUsersRequest;
import virga.model.iam.ListUsersResponse;
import virga.model.iam.PutUserPermissionsBoundaryRequest;
import virga.model.iam.PutUserPermissionsBoundaryResponse;
import virga.model.iam.Tag;
import virga.model.iam.TagUserRequest;
import virga.model.iam.TagUserResponse;
import virga.model.iam.UntagUserRequest;
import virga.model.iam.UntagUserResponse;
import virga.model.iam.UpdateUserRequest;
import virga.model.iam.UpdateUserResponse;
import virga.model.iam.User;

/** The operations on users, their policies and keys apart. */
final class Users {
    private static final Identities<Identity.User> USERS = Identities.USERS;

    private final IamLimits limits;

    Users(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_USER, this::createUser).resources(IamArns.of("user", CreateUserRequest::userName));
        binder.atomic(Iam.GET_USER, this::getUser)
                .resources(IamArns.of("user", input -> input.userName().orElse("")));
        binder.atomic(Iam.LIST_USERS, this::listUsers);
        binder.atomic(Iam.UPDATE_USER, this::updateUser).resources(IamArns.of("user", UpdateUserRequest::userName));
        binder.atomic(Iam.DELETE_USER, this::deleteUser).resources(IamArns.of("user", DeleteUserRequest::userName));
        binder.atomic(Iam.PUT_USER_PERMISSIONS_BOUNDARY, this::putUserPermissionsBoundary)
                .resources(IamArns.of("user", PutUserPermissionsBoundaryRequest::userName));
        binder.atomic(Iam.DELETE_USER_PERMISSIONS_BOUNDARY, this::deleteUserPermissionsBoundary)
                .resources(IamArns.of("user", DeleteUserPermissionsBoundaryRequest::userName));
        binder.atomic(Iam.TAG_USER, this::tagUser).resources(IamArns.of("user", TagUserRequest::userName));
        binder.atomic(Iam.UNTAG_USER, this::untagUser).resources(IamArns.of("user", UntagUserRequest::userName));
        binder.atomic(Iam.LIST_USER_TAGS, this::listUserTags)
                .resources(IamArns.of("user", ListUserTagsRequest::userName));
    }

    private CreateUserResponse createUser(Call call, CreateUserRequest input, UnitOfWork work) {
        if (USERS.all(work, call.account()).size() >= limits.account().users()) {
            throw new LimitExceededException("Cannot exceed quota for UsersPerAccount: "
                    + limits.account().users());
        }
        input.permissionsBoundary().ifPresent(arn -> ManagedPolicies.attachable(work, call.account(), arn));
        Identity.User user = new Identity.User(
                new Identity.Facts(
                        input.userName(),
                        input.path().orElse("/"),
                        "AIDA" + work.ids().upperBase32(17),
                        work.now()),
                input.permissionsBoundary().orElse(""),
                Grants.NONE,
                new TreeSet<>(),
                Tags.add(new TreeMap<>(), input.tags(), limits.tags()));
        USERS.add(work, call.account(), user);
        return CreateUserResponse.builder().user(shown(call.account(), user)).build();
    }

    /** Without a name, the caller. */
    private GetUserResponse getUser(Call call, GetUserRequest input, UnitOfWork work) {
        if (input.userName().isEmpty() && call.principal() instanceof Principal.Root root) {
            User shown = User.builder().userId(root.account()).arn(root.arn()).build();
            return GetUserResponse.builder().user(shown).build();
        }
        Identity.User user = USERS.get(work, call.account(), nameOrCaller(call, input.userName()));
        return GetUserResponse.builder().user(shown(call.account(), user)).build();
    }

    /** The user that a request names, or the one that makes it. */
    static String nameOrCaller(Call call, Optional<String> name) {
        if (name.isPresent()) {
            return name.get();
        }
        if (call.principal() instanceof Principal.User user) {
            return user.name();
        }
        throw new Fault("ValidationError", 400, "Must specify userName when calling with non-User credentials");
    }

    private ListUsersResponse listUsers(Call call, ListUsersRequest input, UnitOfWork work) {
        List<User> users = USERS.all(work, call.account()).stream()
                .filter(user ->
                        user.facts().path().startsWith(input.pathPrefix().orElse("/")))
                .map(user -> shown(call.account(), user).toBuilder()
                        .tags(null)
                        .permissionsBoundary(null)
                        .build())
                .toList();
        Page<User> page = Pages.of(
                users, input.marker(), input.maxItems(), user -> user.userName().orElse(""));
        return ListUsersResponse.builder()
                .users(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private UpdateUserResponse updateUser(Call call, UpdateUserRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        Identity.User changed = user.with(new Identity.Facts(
                input.newUserName().orElse(user.name()),
                input.newPath().orElse(user.facts().path()),
                user.facts().id(),
                user.facts().createdAt()));
        USERS.remove(work, call.account(), user.name());
        USERS.add(work, call.account(), changed);
        UserKey.rename(work, call.account(), user.name(), changed.name());
        return UpdateUserResponse.builder().build();
    }

    private DeleteUserResponse deleteUser(Call call, DeleteUserRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        if (!user.groups().isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must remove users from group first.");
        }
        if (!UserKey.all(work, call.account(), user.name()).isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must delete access keys first.");
        }
        GrantOperations.refuseWhereGranted(user.grants());
        USERS.remove(work, call.account(), user.name());
        return DeleteUserResponse.builder().build();
    }

    private PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(
            Call call, PutUserPermissionsBoundaryRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        ManagedPolicies.attachable(work, call.account(), input.permissionsBoundary());
        USERS.put(work, call.account(), user.withBoundary(input.permissionsBoundary()));
        return PutUserPermissionsBoundaryResponse.builder().build();
    }

    private DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
            Call call, DeleteUserPermissionsBoundaryRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        USERS.put(work, call.account(), user.withBoundary(""));
        return DeleteUserPermissionsBoundaryResponse.builder().build();
    }

    private TagUserResponse tagUser(Call call, TagUserRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        USERS.put(work, call.account(), user.with(Tags.add(user.tags(), input.tags(), limits.tags())));
        return TagUserResponse.builder().build();
    }

    private UntagUserResponse untagUser(Call call, UntagUserRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        USERS.put(work, call.account(), user.with(Tags.remove(user.tags(), input.tagKeys())));
        return UntagUserResponse.builder().build();
    }

    private ListUserTagsResponse listUserTags(Call call, ListUserTagsRequest input, UnitOfWork work) {
        Identity.User user = USERS.get(work, call.account(), input.userName());
        Page<Tag> page = Pages.of(Tags.list(user.tags()), input.marker(), input.maxItems(), Tag::key);
        return ListUserTagsResponse.builder()
                .tags(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    /** A user as answers show it. */
    static User shown(String account, Identity.User user) {
        return User.builder()
                .path(user.facts().path())
                .userName(user.name())
                .userId(user.facts().id())
                .arn(USERS.arn(account, user))
                .createDate(user.facts().createdAt())
                .permissionsBoundary(Roles.boundary(user.boundary()))
                .tags(Tags.orNone(user.tags()))
                .build();
    }
}
