package virga.services.iam;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.iam.AttachedPolicy;
import virga.model.iam.DeleteConflictException;
import virga.model.iam.LimitExceededException;
import virga.model.iam.NoSuchEntityException;

/** What is the same for roles, users and groups: inline policies, and attached managed ones. */
final class GrantOperations<E extends Identity<E>> {
    private final Identities<E> identities;
    private final int inlineSize;
    private final int attachedPolicies;

    GrantOperations(Identities<E> identities, int inlineSize, int attachedPolicies) {
        this.identities = identities;
        this.inlineSize = inlineSize;
        this.attachedPolicies = attachedPolicies;
    }

    void put(Call call, UnitOfWork work, String holder, String name, String document) {
        E identity = identities.get(work, call.account(), holder);
        Documents.checkInline(document);
        Grants grants = identity.grants().withInline(name, document);
        if (grants.inline().values().stream().mapToInt(Documents::size).sum() > inlineSize) {
            throw new LimitExceededException("Maximum policy size of " + inlineSize + " bytes exceeded for "
                    + identities.type() + " " + identity.name());
        }
        identities.put(work, call.account(), identity.with(grants));
    }

    /** The inline document {@code name}, encoded as answers have it. */
    String encoded(Call call, UnitOfWork work, String holder, String name) {
        return Documents.encoded(existing(identities.get(work, call.account(), holder), name));
    }

    void delete(Call call, UnitOfWork work, String holder, String name) {
        E identity = identities.get(work, call.account(), holder);
        existing(identity, name);
        identities.put(work, call.account(), identity.with(identity.grants().withoutInline(name)));
    }

    private String existing(E identity, String name) {
        String document = identity.grants().inline().get(name);
        if (document == null) {
            throw new NoSuchEntityException(
                    "The " + identities.type() + " policy with name " + name + " cannot be found.");
        }
        return document;
    }

    Page<String> names(Call call, UnitOfWork work, String holder, Optional<String> marker, Optional<Integer> maxItems) {
        E identity = identities.get(work, call.account(), holder);
        return Pages.of(List.copyOf(identity.grants().inline().keySet()), marker, maxItems, name -> name);
    }

    void attach(Call call, UnitOfWork work, String holder, String arn) {
        E identity = identities.get(work, call.account(), holder);
        ManagedPolicies.attachable(work, call.account(), arn);
        Grants grants = identity.grants().withAttached(arn);
        if (grants.attached().size() > attachedPolicies) {
            String word = identities.type();
            throw new LimitExceededException("Cannot exceed quota for PoliciesPer"
                    + Character.toUpperCase(word.charAt(0)) + word.substring(1) + ": " + attachedPolicies);
        }
        identities.put(work, call.account(), identity.with(grants));
    }

    void detach(Call call, UnitOfWork work, String holder, String arn) {
        E identity = identities.get(work, call.account(), holder);
        if (!identity.grants().attached().contains(arn)) {
            throw new NoSuchEntityException("Policy " + arn + " was not found.");
        }
        identities.put(work, call.account(), identity.with(identity.grants().withoutAttached(arn)));
    }

    /** By name; those under {@code pathPrefix} where it is given. */
    Page<AttachedPolicy> attached(
            Call call,
            UnitOfWork work,
            String holder,
            Optional<String> pathPrefix,
            Optional<String> marker,
            Optional<Integer> maxItems) {
        E identity = identities.get(work, call.account(), holder);
        List<AttachedPolicy> attached = identity.grants().attached().stream()
                .filter(arn -> ManagedPolicies.get(work, arn).facts().path().startsWith(pathPrefix.orElse("/")))
                .map(arn -> AttachedPolicy.builder()
                        .policyName(Arn.parse(arn).name())
                        .policyArn(arn)
                        .build())
                .sorted(Comparator.comparing(policy -> policy.policyName().orElse("")))
                .toList();
        return Pages.of(attached, marker, maxItems, policy -> policy.policyArn().orElse(""));
    }

    /** @throws DeleteConflictException where it has policies still */
    static void refuseWhereGranted(Grants grants) {
        if (!grants.attached().isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must detach all policies first.");
        }
        if (!grants.inline().isEmpty()) {
            throw new DeleteConflictException("Cannot delete entity, must delete policies first.");
        }
    }
}
