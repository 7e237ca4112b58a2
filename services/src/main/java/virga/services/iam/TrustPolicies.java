package virga.services.iam;

import java.util.Optional;
import virga.cloud.ResourcePolicies;
import virga.kernel.Arn;
import virga.store.Reading;

/** The resource policies of roles: who may assume them. */
final class TrustPolicies implements ResourcePolicies {
    @Override
    public String service() {
        return "iam";
    }

    @Override
    public Optional<String> of(String resourceArn, Reading reading) {
        Arn arn = Arn.parse(resourceArn);
        if (!arn.resource().startsWith("role/")) {
            return Optional.empty();
        }
        return Identities.ROLES
                .find(reading, arn.account(), arn.name())
                .map(role -> role.trust().document());
    }
}
