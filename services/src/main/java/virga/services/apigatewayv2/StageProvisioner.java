package virga.services.apigatewayv2;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateStageRequest;
import virga.model.apigatewayv2.DeleteStageRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.UpdateStageRequest;

/** {@code AWS::ApiGatewayV2::Stage}. Source: its page in the CloudFormation Template Reference. */
final class StageProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::ApiGatewayV2::Stage";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("ApiId", "StageName")
                .inPlace("AutoDeploy", "DeploymentId", "Description", "StageVariables/**", "Tags/**")
                .requiring("ApiId", "StageName")
                .unsupported(
                        "AccessLogSettings",
                        "AccessPolicyId",
                        "ClientCertificateId",
                        "DefaultRouteSettings",
                        "RouteSettings");
    }

    @Override
    public Provisioned create(Provisioning request) {
        Properties properties = request.properties();
        String name = properties.requiredText("StageName");
        Map<String, String> tags = request.tagsWith(properties.map("Tags"));
        request.call(
                ApiGatewayV2.CREATE_STAGE,
                CreateStageRequest.builder()
                        .apiId(properties.requiredText("ApiId"))
                        .stageName(name)
                        .autoDeploy(properties.flag("AutoDeploy", false))
                        .deploymentId(properties.text("DeploymentId", null))
                        .description(properties.text("Description", null))
                        .stageVariables(properties.map("StageVariables"))
                        .tags(tags)
                        .build());
        return new Provisioned(name, Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Properties properties = request.properties();
        request.call(
                ApiGatewayV2.UPDATE_STAGE,
                UpdateStageRequest.builder()
                        .apiId(properties.requiredText("ApiId"))
                        .stageName(current.physicalId())
                        .autoDeploy(properties.flag("AutoDeploy", false))
                        .deploymentId(properties.text("DeploymentId", null))
                        .description(request.properties().text("Description", ""))
                        .stageVariables(properties.map("StageVariables"))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NotFoundException.class,
                ApiGatewayV2.DELETE_STAGE,
                DeleteStageRequest.builder()
                        .apiId(request.properties().requiredText("ApiId"))
                        .stageName(current.physicalId())
                        .build());
    }
}
