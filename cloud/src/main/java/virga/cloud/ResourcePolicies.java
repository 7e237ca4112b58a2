package virga.cloud;

import java.util.Optional;
import virga.store.Reading;

/** What one service knows about access to its resources: their policy documents, and whose they are. */
public interface ResourcePolicies {
    /** The service as ARNs name it. */
    String service();

    /** The policy document (JSON) that is kept at a resource. */
    Optional<String> of(String resourceArn, Reading reading);

    /** The account that owns a resource whose ARN does not say: an S3 bucket and what is in it. Empty where there is no such resource. */
    default Optional<String> owner(String resourceArn, Reading reading) {
        return Optional.empty();
    }

    /**
     * Whether a resource is kept for its owner's account and for services, whatever its policy allows to others: an S3 bucket with a public
     * policy and {@code RestrictPublicBuckets}. It is asked only about others.
     */
    default boolean isRestricted(String resourceArn, Reading reading) {
        return false;
    }
}
