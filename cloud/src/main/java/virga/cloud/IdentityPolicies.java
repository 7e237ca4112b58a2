package virga.cloud;

import java.util.List;
import java.util.Optional;
import virga.kernel.Principal;
import virga.store.Reading;

/** Finds the policy documents (JSON) of a principal. */
public interface IdentityPolicies {
    /** Inline and attached documents of a user (groups' included) or role. */
    List<String> of(Principal principal, Reading reading);

    /** The permissions boundary's document. */
    Optional<String> boundary(Principal principal, Reading reading);
}
