package virga.services.iam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import virga.cloud.Binder;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.cloud.authorize.PolicyKind;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.iam.CreatePolicyRequest;
import virga.model.iam.CreatePolicyResponse;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.DeletePolicyRequest;
import virga.model.iam.DeletePolicyResponse;
import virga.model.iam.GetPolicyRequest;
import virga.model.iam.GetPolicyResponse;
import virga.model.iam.Iam;
import virga.model.iam.LimitExceededException;
import virga.model.iam.ListEntitiesForPolicyRequest;
import virga.model.iam.ListEntitiesForPolicyResponse;
import virga.model.iam.ListPoliciesRequest;
import virga.model.iam.ListPoliciesResponse;
import virga.model.iam.ListPolicyTagsRequest;
import virga.model.iam.ListPolicyTagsResponse;
import virga.model.iam.Policy;
import virga.model.iam.PolicyGroup;
import virga.model.iam.PolicyRole;
import virga.model.iam.PolicyUser;
import virga.model.iam.Tag;
import virga.model.iam.TagPolicyRequest;
import virga.model.iam.TagPolicyResponse;
import virga.model.iam.UntagPolicyRequest;
import virga.model.iam.UntagPolicyResponse;

/** The operations on managed policies, their versions apart. */
final class Policies {
    private final IamLimits limits;

    Policies(IamLimits limits) {
        this.limits = limits;
    }

    void bind(Binder binder) {
        binder.atomic(Iam.CREATE_POLICY, this::createPolicy)
                .resources((call, input) -> List.of("arn:aws:iam::" + call.account() + ":policy"
                        + input.path().orElse("/") + input.policyName()));
        binder.atomic(Iam.GET_POLICY, this::getPolicy).resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.DELETE_POLICY, this::deletePolicy).resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.LIST_POLICIES, this::listPolicies);
        binder.atomic(Iam.LIST_ENTITIES_FOR_POLICY, this::listEntitiesForPolicy)
                .resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.TAG_POLICY, this::tagPolicy).resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.UNTAG_POLICY, this::untagPolicy).resources((call, input) -> List.of(input.policyArn()));
        binder.atomic(Iam.LIST_POLICY_TAGS, this::listPolicyTags)
                .resources((call, input) -> List.of(input.policyArn()));
    }

    private CreatePolicyResponse createPolicy(Call call, CreatePolicyRequest input, UnitOfWork work) {
        if (ManagedPolicies.all(work, call.account()).size() >= limits.account().policies()) {
            throw new LimitExceededException("Cannot exceed quota for PoliciesPerAccount: "
                    + limits.account().policies());
        }
        Documents.check(PolicyKind.IDENTITY, input.policyDocument());
        Documents.fits(input.policyDocument(), limits.sizes().managed(), "PolicySize");
        ManagedPolicy policy = new ManagedPolicy(
                new Identity.Facts(
                        input.policyName(),
                        input.path().orElse("/"),
                        "ANPA" + work.ids().upperBase32(17),
                        work.now()),
                work.now(),
                input.description().orElse(""),
                1,
                1,
                List.of(new ManagedPolicy.Version(1, input.policyDocument(), work.now())),
                Tags.add(new TreeMap<>(), input.tags(), limits.tags()));
        ManagedPolicies.add(work, call.account(), policy);
        return CreatePolicyResponse.builder()
                .policy(shown(Attachments.of(work, call.account()), call.account(), policy))
                .build();
    }

    private GetPolicyResponse getPolicy(Call call, GetPolicyRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.get(work, input.policyArn());
        String owner = Arn.parse(input.policyArn()).account();
        return GetPolicyResponse.builder()
                .policy(shown(Attachments.of(work, call.account()), owner, policy))
                .build();
    }

    private DeletePolicyResponse deletePolicy(Call call, DeletePolicyRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        Attachments attachments = Attachments.of(work, call.account());
        if (attachments.count(input.policyArn()) + attachments.boundaries(input.policyArn()) > 0) {
            throw new DeleteConflictException("Cannot delete a policy attached to entities.");
        }
        if (policy.versions().size() > 1) {
            throw new DeleteConflictException(
                    "This policy has more than one version. Before you delete a policy, you must delete"
                            + " the policy's versions. The default version is deleted with the policy.");
        }
        ManagedPolicies.remove(work, call.account(), policy.facts().name());
        return DeletePolicyResponse.builder().build();
    }

    private ListPoliciesResponse listPolicies(Call call, ListPoliciesRequest input, UnitOfWork work) {
        Attachments attachments = Attachments.of(work, call.account());
        String scope = input.scope().orElse("All");
        List<Policy> policies = new ArrayList<>();
        if (!scope.equals("AWS")) {
            ManagedPolicies.all(work, call.account())
                    .forEach(policy -> policies.add(shown(attachments, call.account(), policy)));
        }
        if (!scope.equals("Local")) {
            AwsManagedPolicies.all().forEach(policy -> policies.add(shown(attachments, "aws", policy)));
        }
        String usage = input.policyUsageFilter().orElse("");
        boolean onlyAttached = input.onlyAttached().orElse(false);
        List<Policy> listed = policies.stream()
                .filter(policy ->
                        policy.path().orElse("").startsWith(input.pathPrefix().orElse("/")))
                .filter(policy -> !onlyAttached || policy.attachmentCount().orElse(0) > 0)
                .filter(policy -> !usage.equals("PermissionsBoundary")
                        || policy.permissionsBoundaryUsageCount().orElse(0) > 0)
                .map(policy -> policy.toBuilder().description(null).tags(null).build())
                .sorted(Comparator.comparing(policy -> policy.arn().orElse("")))
                .toList();
        Page<Policy> page = Pages.of(
                listed, input.marker(), input.maxItems(), policy -> policy.arn().orElse(""));
        return ListPoliciesResponse.builder()
                .policies(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private ListEntitiesForPolicyResponse listEntitiesForPolicy(
            Call call, ListEntitiesForPolicyRequest input, UnitOfWork work) {
        ManagedPolicies.get(work, input.policyArn());
        boolean asBoundary = input.policyUsageFilter().orElse("").equals("PermissionsBoundary");
        String filter = input.entityFilter().orElse("");
        List<Attachments.Holder> holders = Attachments.of(work, call.account()).holders().stream()
                .filter(holder -> asBoundary
                        ? holder.boundary().equals(input.policyArn())
                        : holder.grants().attached().contains(input.policyArn()))
                .filter(holder ->
                        holder.facts().path().startsWith(input.pathPrefix().orElse("/")))
                .filter(holder -> filter.isEmpty() || filter.equalsIgnoreCase(holder.type()))
                .toList();
        Page<Attachments.Holder> page = Pages.of(
                holders,
                input.marker(),
                input.maxItems(),
                holder -> holder.facts().id());
        return ListEntitiesForPolicyResponse.builder()
                .policyRoles(page.items().stream()
                        .filter(holder -> holder.type().equals("role"))
                        .map(holder -> PolicyRole.builder()
                                .roleName(holder.facts().name())
                                .roleId(holder.facts().id())
                                .build())
                        .toList())
                .policyUsers(page.items().stream()
                        .filter(holder -> holder.type().equals("user"))
                        .map(holder -> PolicyUser.builder()
                                .userName(holder.facts().name())
                                .userId(holder.facts().id())
                                .build())
                        .toList())
                .policyGroups(page.items().stream()
                        .filter(holder -> holder.type().equals("group"))
                        .map(holder -> PolicyGroup.builder()
                                .groupName(holder.facts().name())
                                .groupId(holder.facts().id())
                                .build())
                        .toList())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private TagPolicyResponse tagPolicy(Call call, TagPolicyRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        ManagedPolicies.put(work, call.account(), policy.with(Tags.add(policy.tags(), input.tags(), limits.tags())));
        return TagPolicyResponse.builder().build();
    }

    private UntagPolicyResponse untagPolicy(Call call, UntagPolicyRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.changeable(work, call.account(), input.policyArn());
        ManagedPolicies.put(work, call.account(), policy.with(Tags.remove(policy.tags(), input.tagKeys())));
        return UntagPolicyResponse.builder().build();
    }

    private ListPolicyTagsResponse listPolicyTags(Call call, ListPolicyTagsRequest input, UnitOfWork work) {
        ManagedPolicy policy = ManagedPolicies.get(work, input.policyArn());
        Page<Tag> page = Pages.of(Tags.list(policy.tags()), input.marker(), input.maxItems(), Tag::key);
        return ListPolicyTagsResponse.builder()
                .tags(page.items())
                .isTruncated(!page.isLast())
                .marker(page.nextToken())
                .build();
    }

    private static Policy shown(Attachments attachments, String owner, ManagedPolicy policy) {
        String arn = policy.facts().arn(owner, "policy");
        return Policy.builder()
                .policyName(policy.facts().name())
                .policyId(policy.facts().id())
                .arn(arn)
                .path(policy.facts().path())
                .defaultVersionId(policy.inForce().id())
                .attachmentCount(attachments.count(arn))
                .permissionsBoundaryUsageCount(attachments.boundaries(arn))
                .isAttachable(true)
                .description(Unset.ifEmpty(policy.description()))
                .createDate(policy.facts().createdAt())
                .updateDate(policy.updatedAt())
                .tags(Tags.orNone(policy.tags()))
                .build();
    }
}
