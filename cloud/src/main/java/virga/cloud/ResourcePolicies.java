package virga.cloud;

import java.util.Optional;
import virga.store.Reading;

/** Finds the policy document (JSON) that one service keeps at a resource. */
public interface ResourcePolicies {
    /** The service as ARNs name it. */
    String service();

    Optional<String> of(String resourceArn, Reading reading);
}
