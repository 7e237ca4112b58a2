package virga.services.iam;

import java.util.List;
import java.util.Optional;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.iam.AccessKey;
import virga.model.iam.AccessKeyMetadata;
import virga.model.iam.CreateAccessKeyRequest;
import virga.model.iam.CreateAccessKeyResponse;
import virga.model.iam.DeleteAccessKeyRequest;
import virga.model.iam.DeleteAccessKeyResponse;
import virga.model.iam.GetLoginProfileRequest;
import virga.model.iam.GetLoginProfileResponse;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListAccessKeysRequest;
import virga.model.iam.ListAccessKeysResponse;
import virga.model.iam.ListMFADevicesResponse;
import virga.model.iam.ListSSHPublicKeysResponse;
import virga.model.iam.ListServiceSpecificCredentialsResponse;
import virga.model.iam.ListSigningCertificatesResponse;
import virga.model.iam.ListVirtualMFADevicesResponse;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.UpdateAccessKeyRequest;
import virga.model.iam.UpdateAccessKeyResponse;

/**
 * The operations on what users prove themselves with. Access keys are the one kind that can be made here; of the others, which nothing
 * can create, the lists are empty.
 */
final class UserCredentials {
    private final IamLimits limits;

    UserCredentials(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_ACCESS_KEY, this::createAccessKey)
                .resources((call, input) -> user(call, input.userName()));
        binder.atomic(Iam.UPDATE_ACCESS_KEY, this::updateAccessKey)
                .resources((call, input) -> user(call, input.userName()));
        binder.atomic(Iam.DELETE_ACCESS_KEY, this::deleteAccessKey)
                .resources((call, input) -> user(call, input.userName()));
        binder.atomic(Iam.LIST_ACCESS_KEYS, this::listAccessKeys)
                .resources((call, input) -> user(call, input.userName()));
        binder.atomic(Iam.GET_LOGIN_PROFILE, this::getLoginProfile)
                .resources((call, input) -> user(call, input.userName()));
        binder.atomic(
                Iam.LIST_MFA_DEVICES,
                (call, input, work) -> ListMFADevicesResponse.builder()
                        .mfaDevices(List.of())
                        .isTruncated(false)
                        .build());
        binder.atomic(
                Iam.LIST_VIRTUAL_MFA_DEVICES,
                (call, input, work) -> ListVirtualMFADevicesResponse.builder()
                        .virtualMFADevices(List.of())
                        .isTruncated(false)
                        .build());
        binder.atomic(
                Iam.LIST_SSH_PUBLIC_KEYS,
                (call, input, work) -> ListSSHPublicKeysResponse.builder()
                        .sshPublicKeys(List.of())
                        .isTruncated(false)
                        .build());
        binder.atomic(
                Iam.LIST_SIGNING_CERTIFICATES,
                (call, input, work) -> ListSigningCertificatesResponse.builder()
                        .certificates(List.of())
                        .isTruncated(false)
                        .build());
        binder.atomic(
                Iam.LIST_SERVICE_SPECIFIC_CREDENTIALS,
                (call, input, work) -> ListServiceSpecificCredentialsResponse.builder()
                        .serviceSpecificCredentials(List.of())
                        .build());
    }

    private static List<String> user(Call call, Optional<String> name) {
        if (name.isEmpty()) {
            return List.of(call.principal() instanceof Principal.User user ? user.arn() : "*");
        }
        return List.of("arn:aws:iam::" + call.account() + ":user/" + name.get());
    }

    private CreateAccessKeyResponse createAccessKey(Call call, CreateAccessKeyRequest input, UnitOfWork work) {
        Identity.User user = existing(call, input.userName(), work);
        if (UserKey.all(work, call.account(), user.name()).size() >= limits.accessKeysPerUser()) {
            throw new LimitExceededException(
                    "Cannot exceed quota for AccessKeysPerUser: " + limits.accessKeysPerUser());
        }
        UserKey key = UserKey.issue(work, call.account(), user.name());
        return CreateAccessKeyResponse.builder()
                .accessKey(AccessKey.builder()
                        .userName(user.name())
                        .accessKeyId(key.id())
                        .status(key.status())
                        .secretAccessKey(key.secret())
                        .createDate(key.createdAt())
                        .build())
                .build();
    }

    private UpdateAccessKeyResponse updateAccessKey(Call call, UpdateAccessKeyRequest input, UnitOfWork work) {
        if (input.status().equals("Expired")) {
            throw new Fault("ValidationError", 400, "Status Expired can not be set");
        }
        key(call, existing(call, input.userName(), work), input.accessKeyId(), work)
                .activate(work, call.account(), input.status().equals("Active"));
        return UpdateAccessKeyResponse.builder().build();
    }

    private DeleteAccessKeyResponse deleteAccessKey(Call call, DeleteAccessKeyRequest input, UnitOfWork work) {
        key(call, existing(call, input.userName(), work), input.accessKeyId(), work)
                .delete(work, call.account());
        return DeleteAccessKeyResponse.builder().build();
    }

    private ListAccessKeysResponse listAccessKeys(Call call, ListAccessKeysRequest input, UnitOfWork work) {
        Identity.User user = existing(call, input.userName(), work);
        Page<UserKey> page =
                Pages.of(UserKey.all(work, call.account(), user.name()), input.marker(), input.maxItems(), UserKey::id);
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(page.items().stream()
                        .map(key -> AccessKeyMetadata.builder()
                                .userName(key.user())
                                .accessKeyId(key.id())
                                .status(key.status())
                                .createDate(key.createdAt())
                                .build())
                        .toList())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private GetLoginProfileResponse getLoginProfile(Call call, GetLoginProfileRequest input, UnitOfWork work) {
        Identity.User user = existing(call, input.userName(), work);
        throw new NoSuchEntityException("Login Profile for User " + user.name() + " cannot be found.");
    }

    private static Identity.User existing(Call call, Optional<String> name, UnitOfWork work) {
        return Identities.USERS.get(work, call.account(), Users.nameOrCaller(call, name));
    }

    private static UserKey key(Call call, Identity.User user, String id, UnitOfWork work) {
        return UserKey.all(work, call.account(), user.name()).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NoSuchEntityException("The Access Key with id " + id + " cannot be found."));
    }
}
