package virga.services.apigatewayv2;

import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
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
        String id = request.call(
                        ApiGatewayV2.CREATE_DEPLOYMENT, request.properties().as(ApiGatewayV2.CREATE_DEPLOYMENT))
                .deploymentId()
                .orElseThrow();
        return new Provisioned(id, Map.of("DeploymentId", id));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NotFoundException.class,
                ApiGatewayV2.DELETE_DEPLOYMENT,
                DeleteDeploymentRequest.builder()
                        .apiId(request.properties().requiredText("ApiId"))
                        .deploymentId(current.physicalId())
                        .build());
    }
}
