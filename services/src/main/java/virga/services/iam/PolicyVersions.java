package virga.services.iam;

import java.util.List;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.cloud.authorize.PolicyKind;
import virga.kernel.Call;
import virga.model.iam.CreatePolicyVersionRequest;
import virga.model.iam.CreatePolicyVersionResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeletePolicyVersionRequest;
import virga.model.iam.DeletePolicyVersionResponse;
import virga.model.iam.GetPolicyVersionRequest;
import virga.model.iam.GetPolicyVersionResponse;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListPolicyVersionsRequest;
import virga.model.iam.ListPolicyVersionsResponse;
import virga.model.iam.NoSuchEntityException;
import virga.model.iam.PolicyVersion;
import virga.model.iam.SetDefaultPolicyVersionRequest;
import virga.model.iam.SetDefaultPolicyVersionResponse;

/** The operations on the versions of managed policies. */
final class PolicyVersions {
    private final IamLimits limits;

    PolicyVersions(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_POLICY_VERSION, this::createPolicyVersion)
                .resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.GET_POLICY_VERSION, this::getPolicyVersion)
                .resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.LIST_POLICY_VERSIONS, this::listPolicyVersions)
                .resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.DELETE_POLICY_VERSION, this::deletePolicyVersion)
                .resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.SET_DEFAULT_POLICY_VERSION, this::setDefaultPolicyVersion)
                .resources((call, input) -> List.of(input.policyArn()));
    }

    private CreatePolicyVersionResponse createPolicyVersion(
            Call call, CreatePolicyVersionRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        Documents.check(PolicyKind.IDENTITY, input.policyDocument());
        Documents.fits(input.policyDocument(), limits.sizes().managed(), "PolicySize");
        if (policy.versions().size() >= limits.versionsPerPolicy()) {
            throw new LimitExceededException("A managed policy can have up to " + limits.versionsPerPolicy()
                    + " versions. Before you create a new version, you must delete an existing version.");
        }
        ManagedPolicy changed = policy.withVersion(
                input.policyDocument(), work.now(), input.setAsDefault().orElse(false));
        ManagedPolicies.put(work, call.account(), changed);
        PolicyVersion shown = shown(changed, changed.versions().getFirst()).toBuilder()
                .document(null)
                .build();
        return CreatePolicyVersionResponse.builder().policyVersion(shown).build();
    }

    private GetPolicyVersionResponse getPolicyVersion(Call call, GetPolicyVersionRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.get(work, input.policyArn());
        return GetPolicyVersionResponse.builder()
                .policyVersion(shown(policy, existing(policy, input.policyArn(), input.versionId())))
                .build();
    }

    private ListPolicyVersionsResponse listPolicyVersions(Call call, ListPolicyVersionsRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.get(work, input.policyArn());
        Page<ManagedPolicy.Version> page =
                Pages.of(policy.versions(), input.marker(), input.maxItems(), ManagedPolicy.Version::id);
        return ListPolicyVersionsResponse.builder()
                .versions(page.items().stream()
                        .map(version -> shown(policy, version).toBuilder()
                                .document(null)
                                .build())
                        .toList())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private DeletePolicyVersionResponse deletePolicyVersion(
            Call call, DeletePolicyVersionRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        ManagedPolicy.Version version = existing(policy, input.policyArn(), input.versionId());
        if (version.number() == policy.defaultVersion()) {
            throw new DeleteConflictException("Cannot delete the default version of a policy.");
        }
        ManagedPolicies.put(work, call.account(), policy.withoutVersion(version, work.now()));
        return DeletePolicyVersionResponse.builder().build();
    }

    private SetDefaultPolicyVersionResponse setDefaultPolicyVersion(
            Call call, SetDefaultPolicyVersionRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        ManagedPolicy.Version version = existing(policy, input.policyArn(), input.versionId());
        ManagedPolicies.put(work, call.account(), policy.withDefault(version, work.now()));
        return SetDefaultPolicyVersionResponse.builder().build();
    }

    private static ManagedPolicy.Version existing(ManagedPolicy policy, String arn, String id) {
        return policy.version(id)
                .orElseThrow(() -> new NoSuchEntityException(
                        "Policy " + arn + " version " + id + " does not exist or is not attachable."));
    }

    private static PolicyVersion shown(ManagedPolicy policy, ManagedPolicy.Version version) {
        return PolicyVersion.builder()
                .document(Documents.encoded(version.document()))
                .versionId(version.id())
                .isDefaultVersion(version.number() == policy.defaultVersion())
                .createDate(version.createdAt())
                .build();
    }
}
