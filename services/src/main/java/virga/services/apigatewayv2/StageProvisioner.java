package virga.services.apigatewayv2;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.DeleteStageRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.UpdateStageRequest;

/** {@code AWS::ApiGatewayV2::Stage}. Source: its page in the CloudFormation Template Reference. */
final class StageProvisioner implements Provisioner {
    /** What an update goes back to where the template says nothing. */
    private static final UpdateStageRequest OTHERWISE = UpdateStageRequest.builder()
            .autoDeploy(false)
            .description("")
            .stageVariables(Map.of())
            .build();

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
        request.call(
                ApiGatewayV2.CREATE_STAGE,
                properties.as(ApiGatewayV2.CREATE_STAGE).toBuilder()
                        .tags(TemplateTags.of(request))
                        .build());
        return new Provisioned(properties.requiredText("StageName"), Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        request.call(ApiGatewayV2.UPDATE_STAGE, request.properties().as(ApiGatewayV2.UPDATE_STAGE, OTHERWISE));
        String path = "/apis/" + request.properties().requiredText("ApiId") + "/stages/" + current.physicalId();
        TemplateTags.change(request, path, TemplateTags.keys(request, path));
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
