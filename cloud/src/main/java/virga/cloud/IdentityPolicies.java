package virga.cloud;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Principal;
import virga.store.Reading;

/** Finds what IAM keeps about a principal: its policy documents, and what conditions may ask about it. */
public interface IdentityPolicies {
    /** Inline and attached documents of a user (groups' included) or role. */
    List<NamedPolicy> of(Principal principal, Reading reading);

    /** The permissions boundary's document. */
    Optional<NamedPolicy> boundary(Principal principal, Reading reading);

    /** Condition keys that only IAM knows: {@code aws:PrincipalArn} with its path, {@code aws:userid}, {@code aws:PrincipalTag/...}. */
    Map<String, List<String>> conditions(Principal principal, Reading reading);
}
