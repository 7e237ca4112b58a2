package virga.cloud.authorize;

import java.util.List;
import java.util.Map;
import virga.cloud.NamedPolicy;

/**
 * The policies that apply to a request, beside the session policy that the principal carries.
 *
 * @param identity the principal's own
 * @param boundary its permissions boundary: one document, or none
 * @param resource by resource ARN, for those that have one
 * @param owners the accounts of resources whose ARN names none, by that ARN; one that is not there counts as the caller's
 */
public record ApplicablePolicies(
        List<NamedPolicy> identity,
        List<NamedPolicy> boundary,
        Map<String, NamedPolicy> resource,
        Map<String, String> owners) {
    public static final ApplicablePolicies NONE = new ApplicablePolicies(List.of(), List.of(), Map.of(), Map.of());

    public ApplicablePolicies {
        identity = List.copyOf(identity);
        boundary = List.copyOf(boundary);
        resource = Map.copyOf(resource);
        owners = Map.copyOf(owners);
    }
}
