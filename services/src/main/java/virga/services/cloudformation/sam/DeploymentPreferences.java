package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import virga.kernel.Fault;

/** {@code DeploymentPreference}: gradual deployments by CodeDeploy, which Virga does not have. */
final class DeploymentPreferences {
    private DeploymentPreferences() {}

    static void apply(TransformState state, ServerlessResource function, ResourceDraft alias) {
        if (!function.has("DeploymentPreference")) {
            return;
        }
        JsonNode enabled = state.parameters()
                .resolveWithMappings(function.get("DeploymentPreference").path("Enabled"));
        if (!enabled.asText("true").equalsIgnoreCase("false")) {
            throw Fault.unsupported("AWS::Serverless::Function/DeploymentPreference of " + alias.logicalId());
        }
    }
}
