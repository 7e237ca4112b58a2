package virga.services.iam;

import java.util.List;
import java.util.TreeMap;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.AddRoleToInstanceProfileRequest;
import virga.model.iam.AddRoleToInstanceProfileResponse;
import virga.model.iam.CreateInstanceProfileRequest;
import virga.model.iam.CreateInstanceProfileResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeleteInstanceProfileRequest;
import virga.model.iam.DeleteInstanceProfileResponse;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetInstanceProfileRequest;
import virga.model.iam.GetInstanceProfileResponse;
import virga.model.iam.Iam;
import virga.model.iam.InstanceProfile;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListInstanceProfilesForRoleRequest;
import virga.model.iam.ListInstanceProfilesForRoleResponse;
import virga.model.iam.ListInstanceProfilesRequest;
import virga.model.iam.ListInstanceProfilesResponse;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.RemoveRoleFromInstanceProfileRequest;
import virga.model.iam.RemoveRoleFromInstanceProfileResponse;
import virga.store.Reading;

/** The operations on instance profiles. */
final class InstanceProfiles {
    private final IamLimits limits;

    InstanceProfiles(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_INSTANCE_PROFILE, this::createInstanceProfile)
                .resources(IamArns.of("instance-profile", CreateInstanceProfileRequest::instanceProfileName));
        binder.atomic(Iam.GET_INSTANCE_PROFILE, this::getInstanceProfile)
                .resources(IamArns.of("instance-profile", GetInstanceProfileRequest::instanceProfileName));
        binder.atomic(Iam.DELETE_INSTANCE_PROFILE, this::deleteInstanceProfile)
                .resources(IamArns.of("instance-profile", DeleteInstanceProfileRequest::instanceProfileName));
        binder.atomic(Iam.ADD_ROLE_TO_INSTANCE_PROFILE, this::addRoleToInstanceProfile)
                .resources(IamArns.of("instance-profile", AddRoleToInstanceProfileRequest::instanceProfileName));
        binder.atomic(Iam.REMOVE_ROLE_FROM_INSTANCE_PROFILE, this::removeRoleFromInstanceProfile)
                .resources(IamArns.of("instance-profile", RemoveRoleFromInstanceProfileRequest::instanceProfileName));
        binder.atomic(Iam.LIST_INSTANCE_PROFILES, this::listInstanceProfiles);
        binder.atomic(Iam.LIST_INSTANCE_PROFILES_FOR_ROLE, this::listInstanceProfilesForRole)
                .resources(IamArns.of("role", ListInstanceProfilesForRoleRequest::roleName));
    }

    private CreateInstanceProfileResponse createInstanceProfile(
            Call call, CreateInstanceProfileRequest input, UnitOfWork work) {
        String name = input.instanceProfileName();
        if (InstanceProfileRow.taken(work, call.account(), name)) {
            throw new EntityAlreadyExistsException("Instance Profile " + name + " already exists.");
        }
        int most = limits.account().instanceProfiles();
        if (InstanceProfileRow.all(work, call.account()).size() >= most) {
            throw new LimitExceededException("Cannot exceed quota for InstanceProfilesPerAccount: " + most);
        }
        InstanceProfileRow profile = new InstanceProfileRow(
                new Identity.Facts(
                        name, input.path().orElse("/"), "AIPA" + work.ids().upperBase32(17), work.now()),
                "",
                Tags.add(new TreeMap<>(), input.tags(), limits.tags()));
        profile.put(work, call.account());
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(shown(work, call.account(), profile))
                .build();
    }

    private GetInstanceProfileResponse getInstanceProfile(Call call, GetInstanceProfileRequest input, UnitOfWork work) {
        return GetInstanceProfileResponse.builder()
                .instanceProfile(shown(work, call.account(), existing(work, call, input.instanceProfileName())))
                .build();
    }

    private DeleteInstanceProfileResponse deleteInstanceProfile(
            Call call, DeleteInstanceProfileRequest input, UnitOfWork work) {
        InstanceProfileRow profile = existing(work, call, input.instanceProfileName());
        if (!profile.role().isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must remove roles from instance profile first.");
        }
        profile.remove(work, call.account());
        return DeleteInstanceProfileResponse.builder().build();
    }

    private AddRoleToInstanceProfileResponse addRoleToInstanceProfile(
            Call call, AddRoleToInstanceProfileRequest input, UnitOfWork work) {
        InstanceProfileRow profile = existing(work, call, input.instanceProfileName());
        Identity.Role role = Identities.ROLES.get(work, call.account(), input.roleName());
        if (!profile.role().isEmpty()) {
            throw new LimitExceededException("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        }
        profile.withRole(role.name()).put(work, call.account());
        return AddRoleToInstanceProfileResponse.builder().build();
    }

    private RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
            Call call, RemoveRoleFromInstanceProfileRequest input, UnitOfWork work) {
        InstanceProfileRow profile = existing(work, call, input.instanceProfileName());
        if (!profile.role().equals(input.roleName())) {
            throw new NoSuchEntityException("The role with name " + input.roleName() + " cannot be found.");
        }
        profile.withRole("").put(work, call.account());
        return RemoveRoleFromInstanceProfileResponse.builder().build();
    }

    private ListInstanceProfilesResponse listInstanceProfiles(
            Call call, ListInstanceProfilesRequest input, UnitOfWork work) {
        List<InstanceProfile> profiles = InstanceProfileRow.all(work, call.account()).stream()
                .filter(row -> row.facts().path().startsWith(input.pathPrefix().orElse("/")))
                .map(row -> shown(work, call.account(), row))
                .toList();
        Page<InstanceProfile> page = Pages.of(
                profiles,
                input.marker(),
                input.maxItems(),
                one -> one.instanceProfileName().orElse(""));
        return ListInstanceProfilesResponse.builder()
                .instanceProfiles(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            Call call, ListInstanceProfilesForRoleRequest input, UnitOfWork work) {
        Identity.Role role = Identities.ROLES.get(work, call.account(), input.roleName());
        List<InstanceProfile> profiles = InstanceProfileRow.all(work, call.account()).stream()
                .filter(row -> row.role().equals(role.name()))
                .map(row -> shown(work, call.account(), row))
                .toList();
        Page<InstanceProfile> page = Pages.of(
                profiles,
                input.marker(),
                input.maxItems(),
                one -> one.instanceProfileName().orElse(""));
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private static InstanceProfileRow existing(Reading reading, Call call, String name) {
        return InstanceProfileRow.find(reading, call.account(), name)
                .orElseThrow(() -> new NoSuchEntityException("Instance Profile " + name + " cannot be found."));
    }

    private static InstanceProfile shown(Reading reading, String account, InstanceProfileRow row) {
        return InstanceProfile.builder()
                .path(row.facts().path())
                .instanceProfileName(row.facts().name())
                .instanceProfileId(row.facts().id())
                .arn(row.facts().arn(account, "instance-profile"))
                .createDate(row.facts().createdAt())
                .roles(Identities.ROLES.find(reading, account, row.role()).stream()
                        .map(role -> Roles.shown(account, role))
                        .toList())
                .tags(Tags.orNone(row.tags()))
                .build();
    }
}
