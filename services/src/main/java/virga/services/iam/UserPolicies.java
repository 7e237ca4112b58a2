package virga.services.iam;

import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.AttachUserPolicyRequest;
import virga.model.iam.AttachUserPolicyResponse;
import virga.model.iam.DeleteUserPolicyRequest;
import virga.model.iam.DeleteUserPolicyResponse;
import virga.model.iam.DetachUserPolicyRequest;
import virga.model.iam.DetachUserPolicyResponse;
import virga.model.iam.GetUserPolicyRequest;
import virga.model.iam.GetUserPolicyResponse;
import virga.model.iam.Iam;
import virga.model.iam.ListAttachedUserPoliciesRequest;
import virga.model.iam.ListAttachedUserPoliciesResponse;
import virga.model.iam.ListUserPoliciesRequest;
import virga.model.iam.ListUserPoliciesResponse;
import virga.model.iam.PutUserPolicyRequest;
import virga.model.iam.PutUserPolicyResponse;

/** The operations on a user's inline and attached policies. */
final class UserPolicies {
    private final GrantOperations<Identity.User> grants;

    UserPolicies(IamLimits limits) {
        this.grants = new GrantOperations<>(Identities.USERS, limits.sizes().inlineOfUser(), limits.attachedPolicies());
    }

    void bind(Binder binder) {
        binder.atomic(Iam.PUT_USER_POLICY, this::putUserPolicy)
                .resources(IamArns.of("user", PutUserPolicyRequest::userName));
        binder.atomic(Iam.GET_USER_POLICY, this::getUserPolicy)
                .resources(IamArns.of("user", GetUserPolicyRequest::userName));
        binder.atomic(Iam.DELETE_USER_POLICY, this::deleteUserPolicy)
                .resources(IamArns.of("user", DeleteUserPolicyRequest::userName));
        binder.atomic(Iam.LIST_USER_POLICIES, this::listUserPolicies)
                .resources(IamArns.of("user", ListUserPoliciesRequest::userName));
        binder.atomic(Iam.ATTACH_USER_POLICY, this::attachUserPolicy)
                .resources(IamArns.of("user", AttachUserPolicyRequest::userName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.DETACH_USER_POLICY, this::detachUserPolicy)
                .resources(IamArns.of("user", DetachUserPolicyRequest::userName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.LIST_ATTACHED_USER_POLICIES, this::listAttachedUserPolicies)
                .resources(IamArns.of("user", ListAttachedUserPoliciesRequest::userName));
    }

    private PutUserPolicyResponse putUserPolicy(Call call, PutUserPolicyRequest input, UnitOfWork work) {
        grants.put(call, work, input.userName(), input.policyName(), input.policyDocument());
        return PutUserPolicyResponse.builder().build();
    }

    private GetUserPolicyResponse getUserPolicy(Call call, GetUserPolicyRequest input, UnitOfWork work) {
        return GetUserPolicyResponse.builder()
                .userName(input.userName())
                .policyName(input.policyName())
                .policyDocument(grants.encoded(call, work, input.userName(), input.policyName()))
                .build();
    }

    private DeleteUserPolicyResponse deleteUserPolicy(Call call, DeleteUserPolicyRequest input, UnitOfWork work) {
        grants.delete(call, work, input.userName(), input.policyName());
        return DeleteUserPolicyResponse.builder().build();
    }

    private ListUserPoliciesResponse listUserPolicies(Call call, ListUserPoliciesRequest input, UnitOfWork work) {
        Page<String> page = grants.names(call, work, input.userName(), input.marker(), input.maxItems());
        return ListUserPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private AttachUserPolicyResponse attachUserPolicy(Call call, AttachUserPolicyRequest input, UnitOfWork work) {
        grants.attach(call, work, input.userName(), input.policyArn());
        return AttachUserPolicyResponse.builder().build();
    }

    private DetachUserPolicyResponse detachUserPolicy(Call call, DetachUserPolicyRequest input, UnitOfWork work) {
        grants.detach(call, work, input.userName(), input.policyArn());
        return DetachUserPolicyResponse.builder().build();
    }

    private ListAttachedUserPoliciesResponse listAttachedUserPolicies(
            Call call, ListAttachedUserPoliciesRequest input, UnitOfWork work) {
        var page = grants.attached(call, work, input.userName(), input.pathPrefix(), input.marker(), input.maxItems());
        return ListAttachedUserPoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }
}
