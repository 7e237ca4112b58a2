package virga.services.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import virga.cloud.Binder;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.CreateAccountAliasRequest;
import virga.model.iam.CreateAccountAliasResponse;
import virga.model.iam.DeleteAccountAliasRequest;
import virga.model.iam.DeleteAccountAliasResponse;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.GetAccountSummaryRequest;
import virga.model.iam.GetAccountSummaryResponse;
import virga.model.iam.Iam;
import virga.model.iam.ListAccountAliasesRequest;
import virga.model.iam.ListAccountAliasesResponse;
import virga.model.iam.NoSuchEntityException;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;

/** The operations on the account as a whole. */
final class AccountOperations {
    private final IamLimits limits;

    AccountOperations(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.GET_ACCOUNT_SUMMARY, this::getAccountSummary);
        binder.atomic(Iam.LIST_ACCOUNT_ALIASES, this::listAccountAliases);
        binder.atomic(Iam.CREATE_ACCOUNT_ALIAS, this::createAccountAlias);
        binder.atomic(Iam.DELETE_ACCOUNT_ALIAS, this::deleteAccountAlias);
    }

    private GetAccountSummaryResponse getAccountSummary(Call call, GetAccountSummaryRequest input, UnitOfWork work) {
        Map<String, Integer> summary = new LinkedHashMap<>();
        List<ManagedPolicy> policies = ManagedPolicies.all(work, call.account());
        summary.put("Users", Identities.USERS.all(work, call.account()).size());
        summary.put("UsersQuota", limits.account().users());
        summary.put("Groups", Identities.GROUPS.all(work, call.account()).size());
        summary.put("GroupsQuota", limits.account().groups());
        summary.put("Roles", Identities.ROLES.all(work, call.account()).size());
        summary.put("RolesQuota", limits.account().roles());
        summary.put(
                "InstanceProfiles", InstanceProfileRow.all(work, call.account()).size());
        summary.put("InstanceProfilesQuota", limits.account().instanceProfiles());
        summary.put("Policies", policies.size());
        summary.put("PoliciesQuota", limits.account().policies());
        summary.put("PolicyVersionsInUse", policies.size());
        summary.put("VersionsPerPolicyQuota", limits.versionsPerPolicy());
        summary.put("AccessKeysPerUserQuota", limits.accessKeysPerUser());
        summary.put("GroupsPerUserQuota", limits.groupsPerUser());
        summary.put("AttachedPoliciesPerRoleQuota", limits.attachedPolicies());
        summary.put("AttachedPoliciesPerUserQuota", limits.attachedPolicies());
        summary.put("AttachedPoliciesPerGroupQuota", limits.attachedPolicies());
        summary.put("PolicySizeQuota", limits.sizes().managed());
        summary.put("AssumeRolePolicySizeQuota", limits.sizes().trust());
        summary.put("RolePolicySizeQuota", limits.sizes().inlineOfRole());
        summary.put("UserPolicySizeQuota", limits.sizes().inlineOfUser());
        summary.put("GroupPolicySizeQuota", limits.sizes().inlineOfGroup());
        return GetAccountSummaryResponse.builder().summaryMap(summary).build();
    }

    private ListAccountAliasesResponse listAccountAliases(Call call, ListAccountAliasesRequest input, UnitOfWork work) {
        List<String> aliases =
                work.get(IamKeys.ALIAS.key(call.account()), Codec.UTF8).stream().toList();
        return ListAccountAliasesResponse.builder()
                .accountAliases(aliases)
                .isTruncated(false)
                .build();
    }

    /** An account has one alias; a new one takes the place of the old. */
    private CreateAccountAliasResponse createAccountAlias(Call call, CreateAccountAliasRequest input, UnitOfWork work) {
        String alias = input.accountAlias();
        Key own = IamKeys.ALIAS.key(call.account());
        try (Stream<Reading.Entry> all = work.scan(IamKeys.ALIAS.range())) {
            if (all.anyMatch(
                    entry -> !entry.key().equals(own) && entry.value().utf8().equals(alias))) {
                throw new EntityAlreadyExistsException("The account alias " + alias + " already exists.");
            }
        }
        work.put(own, alias, Codec.UTF8);
        return CreateAccountAliasResponse.builder().build();
    }

    private DeleteAccountAliasResponse deleteAccountAlias(Call call, DeleteAccountAliasRequest input, UnitOfWork work) {
        Key own = IamKeys.ALIAS.key(call.account());
        if (!work.get(own, Codec.UTF8).orElse("").equals(input.accountAlias())) {
            throw new NoSuchEntityException(
                    "The account alias with name " + input.accountAlias() + " cannot be found.");
        }
        work.delete(own);
        return DeleteAccountAliasResponse.builder().build();
    }
}
