package virga.services.iam;

import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.AttachRolePolicyRequest;
import virga.model.iam.AttachRolePolicyResponse;
import virga.model.iam.DeleteRolePolicyRequest;
import virga.model.iam.DeleteRolePolicyResponse;
import virga.model.iam.DetachRolePolicyRequest;
import virga.model.iam.DetachRolePolicyResponse;
import virga.model.iam.GetRolePolicyRequest;
import virga.model.iam.GetRolePolicyResponse;
import virga.model.iam.Iam;
import virga.model.iam.ListAttachedRolePoliciesRequest;
import virga.model.iam.ListAttachedRolePoliciesResponse;
import virga.model.iam.ListRolePoliciesRequest;
import virga.model.iam.ListRolePoliciesResponse;
import virga.model.iam.PutRolePolicyRequest;
import virga.model.iam.PutRolePolicyResponse;

/** The operations on a role's inline and attached policies. */
final class RolePolicies {
    private final GrantOperations<Identity.Role> grants;

    RolePolicies(IamLimits limits) {
        this.grants = new GrantOperations<>(Identities.ROLES, limits.sizes().inlineOfRole(), limits.attachedPolicies());
    }

    void bind(Binder binder) {
        binder.atomic(Iam.PUT_ROLE_POLICY, this::putRolePolicy)
                .resources(IamArns.of("role", PutRolePolicyRequest::roleName));
        binder.atomic(Iam.GET_ROLE_POLICY, this::getRolePolicy)
                .resources(IamArns.of("role", GetRolePolicyRequest::roleName));
        binder.atomic(Iam.DELETE_ROLE_POLICY, this::deleteRolePolicy)
                .resources(IamArns.of("role", DeleteRolePolicyRequest::roleName));
        binder.atomic(Iam.LIST_ROLE_POLICIES, this::listRolePolicies)
                .resources(IamArns.of("role", ListRolePoliciesRequest::roleName));
        binder.atomic(Iam.ATTACH_ROLE_POLICY, this::attachRolePolicy)
                .resources(IamArns.of("role", AttachRolePolicyRequest::roleName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.DETACH_ROLE_POLICY, this::detachRolePolicy)
                .resources(IamArns.of("role", DetachRolePolicyRequest::roleName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.LIST_ATTACHED_ROLE_POLICIES, this::listAttachedRolePolicies)
                .resources(IamArns.of("role", ListAttachedRolePoliciesRequest::roleName));
    }

    private PutRolePolicyResponse putRolePolicy(Call call, PutRolePolicyRequest input, UnitOfWork work) {
        grants.put(call, work, input.roleName(), input.policyName(), input.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    private GetRolePolicyResponse getRolePolicy(Call call, GetRolePolicyRequest input, UnitOfWork work) {
        return GetRolePolicyResponse.builder()
                .roleName(input.roleName())
                .policyName(input.policyName())
                .policyDocument(grants.encoded(call, work, input.roleName(), input.policyName()))
                .build();
    }

    private DeleteRolePolicyResponse deleteRolePolicy(Call call, DeleteRolePolicyRequest input, UnitOfWork work) {
        grants.delete(call, work, input.roleName(), input.policyName());
        return DeleteRolePolicyResponse.builder().build();
    }

    private ListRolePoliciesResponse listRolePolicies(Call call, ListRolePoliciesRequest input, UnitOfWork work) {
        Page<String> page = grants.names(call, work, input.roleName(), input.marker(), input.maxItems());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private AttachRolePolicyResponse attachRolePolicy(Call call, AttachRolePolicyRequest input, UnitOfWork work) {
        grants.attach(call, work, input.roleName(), input.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    private DetachRolePolicyResponse detachRolePolicy(Call call, DetachRolePolicyRequest input, UnitOfWork work) {
        grants.detach(call, work, input.roleName(), input.policyArn());
        return DetachRolePolicyResponse.builder().build();
    }

    private ListAttachedRolePoliciesResponse listAttachedRolePolicies(
            Call call, ListAttachedRolePoliciesRequest input, UnitOfWork work) {
        var page = grants.attached(call, work, input.roleName(), input.pathPrefix(), input.marker(), input.maxItems());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }
}
