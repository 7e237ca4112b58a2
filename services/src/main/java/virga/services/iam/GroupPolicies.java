package virga.services.iam;

import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.model.iam.AttachGroupPolicyRequest;
import virga.model.iam.AttachGroupPolicyResponse;
import virga.model.iam.DeleteGroupPolicyRequest;
import virga.model.iam.DeleteGroupPolicyResponse;
import virga.model.iam.DetachGroupPolicyRequest;
import virga.model.iam.DetachGroupPolicyResponse;
import virga.model.iam.GetGroupPolicyRequest;
import virga.model.iam.GetGroupPolicyResponse;
import virga.model.iam.Iam;
import virga.model.iam.ListAttachedGroupPoliciesRequest;
import virga.model.iam.ListAttachedGroupPoliciesResponse;
import virga.model.iam.ListGroupPoliciesRequest;
import virga.model.iam.ListGroupPoliciesResponse;
import virga.model.iam.PutGroupPolicyRequest;
import virga.model.iam.PutGroupPolicyResponse;

/** The operations on a group's inline and attached policies. */
final class GroupPolicies {
    private final GrantOperations<Identity.Group> grants;

    GroupPolicies(IamLimits limits) {
        this.grants =
                new GrantOperations<>(Identities.GROUPS, limits.sizes().inlineOfGroup(), limits.attachedPolicies());
    }

    void bind(Binder binder) {
        binder.atomic(Iam.PUT_GROUP_POLICY, this::putGroupPolicy)
                .resources(IamArns.of("group", PutGroupPolicyRequest::groupName));
        binder.atomic(Iam.GET_GROUP_POLICY, this::getGroupPolicy)
                .resources(IamArns.of("group", GetGroupPolicyRequest::groupName));
        binder.atomic(Iam.DELETE_GROUP_POLICY, this::deleteGroupPolicy)
                .resources(IamArns.of("group", DeleteGroupPolicyRequest::groupName));
        binder.atomic(Iam.LIST_GROUP_POLICIES, this::listGroupPolicies)
                .resources(IamArns.of("group", ListGroupPoliciesRequest::groupName));
        binder.atomic(Iam.ATTACH_GROUP_POLICY, this::attachGroupPolicy)
                .resources(IamArns.of("group", AttachGroupPolicyRequest::groupName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.DETACH_GROUP_POLICY, this::detachGroupPolicy)
                .resources(IamArns.of("group", DetachGroupPolicyRequest::groupName))
                .conditions((call, input) -> IamArns.policy(input.policyArn()));
        binder.atomic(Iam.LIST_ATTACHED_GROUP_POLICIES, this::listAttachedGroupPolicies)
                .resources(IamArns.of("group", ListAttachedGroupPoliciesRequest::groupName));
    }

    private PutGroupPolicyResponse putGroupPolicy(Call call, PutGroupPolicyRequest input, UnitOfWork work) {
        grants.put(call, work, input.groupName(), input.policyName(), input.policyDocument());
        return PutGroupPolicyResponse.builder().build();
    }

    private GetGroupPolicyResponse getGroupPolicy(Call call, GetGroupPolicyRequest input, UnitOfWork work) {
        return GetGroupPolicyResponse.builder()
                .groupName(input.groupName())
                .policyName(input.policyName())
                .policyDocument(grants.encoded(call, work, input.groupName(), input.policyName()))
                .build();
    }

    private DeleteGroupPolicyResponse deleteGroupPolicy(Call call, DeleteGroupPolicyRequest input, UnitOfWork work) {
        grants.delete(call, work, input.groupName(), input.policyName());
        return DeleteGroupPolicyResponse.builder().build();
    }

    private ListGroupPoliciesResponse listGroupPolicies(Call call, ListGroupPoliciesRequest input, UnitOfWork work) {
        Page<String> page = grants.names(call, work, input.groupName(), input.marker(), input.maxItems());
        return ListGroupPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private AttachGroupPolicyResponse attachGroupPolicy(Call call, AttachGroupPolicyRequest input, UnitOfWork work) {
        grants.attach(call, work, input.groupName(), input.policyArn());
        return AttachGroupPolicyResponse.builder().build();
    }

    private DetachGroupPolicyResponse detachGroupPolicy(Call call, DetachGroupPolicyRequest input, UnitOfWork work) {
        grants.detach(call, work, input.groupName(), input.policyArn());
        return DetachGroupPolicyResponse.builder().build();
    }

    private ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
            Call call, ListAttachedGroupPoliciesRequest input, UnitOfWork work) {
        var page = grants.attached(call, work, input.groupName(), input.pathPrefix(), input.marker(), input.maxItems());
        return ListAttachedGroupPoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }
}
