package virga.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Bug;
import virga.model.lambda.DeleteFunctionRequest;
import virga.model.lambda.FunctionConfiguration;
import virga.model.lambda.Lambda;
import virga.model.lambda.PublishVersionRequest;
import virga.model.lambda.ResourceNotFoundException;

/** {@code AWS::Lambda::Version}. Source: its page in the CloudFormation Template Reference. */
final class VersionProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::Version";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("CodeSha256", "Description", "FunctionName")
                .requiring("FunctionName")
                .unsupported("FunctionScalingConfig", "ProvisionedConcurrencyConfig", "RuntimePolicy");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        FunctionConfiguration version = request.call(
                Lambda.PUBLISH_VERSION,
                PublishVersionRequest.builder()
                        .functionName(properties.get("FunctionName").asText())
                        .description(
                                properties.hasNonNull("Description")
                                        ? properties.get("Description").asText()
                                        : null)
                        .codeSha256(
                                properties.hasNonNull("CodeSha256")
                                        ? properties.get("CodeSha256").asText()
                                        : null)
                        .build());
        String arn = version.functionArn().orElseThrow();
        return new Provisioned(arn, Map.of("Version", version.version().orElseThrow(), "FunctionArn", arn));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        throw new Bug("every property of a version replaces it");
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.DELETE_FUNCTION,
                    DeleteFunctionRequest.builder()
                            .functionName(current.physicalId())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // It went with its function.
        }
    }
}
