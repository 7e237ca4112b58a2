package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateDeploymentRequest;
import virga.model.apigatewayv2.DeleteDeploymentRequest;
import virga.model.apigatewayv2.NotFoundException;

/** {@code AWS::ApiGatewayV2::Deployment}. Source: its page in the CloudFormation Template Reference. */
final class DeploymentProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::ApiGatewayV2::Deployment";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("ApiId", "Description", "StageName")
                .requiring("ApiId");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        String id = request.call(
                        ApiGatewayV2.CREATE_DEPLOYMENT,
                        CreateDeploymentRequest.builder()
                                .apiId(properties.get("ApiId").asText())
                                .description(
                                        properties.hasNonNull("Description")
                                                ? properties.get("Description").asText()
                                                : null)
                                .stageName(
                                        properties.hasNonNull("StageName")
                                                ? properties.get("StageName").asText()
                                                : null)
                                .build())
                .deploymentId()
                .orElseThrow();
        return new Provisioned(id, Map.of("DeploymentId", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        throw new virga.kernel.Bug("every property of a deployment replaces it");
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    ApiGatewayV2.DELETE_DEPLOYMENT,
                    DeleteDeploymentRequest.builder()
                            .apiId(request.properties().get("ApiId").asText())
                            .deploymentId(current.physicalId())
                            .build());
        } catch (NotFoundException gone) {
            // It went with its API.
        }
    }
}
