package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
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
        JsonNode properties = request.properties();
        String name = properties.get("StageName").asText();
        Map<String, String> tags = new TreeMap<>(request.tags());
        tags.putAll(map(properties.path("Tags")));
        request.call(
                ApiGatewayV2.CREATE_STAGE,
                CreateStageRequest.builder()
                        .apiId(properties.get("ApiId").asText())
                        .stageName(name)
                        .autoDeploy(properties.path("AutoDeploy").asBoolean(false))
                        .deploymentId(text(properties, "DeploymentId"))
                        .description(text(properties, "Description"))
                        .stageVariables(map(properties.path("StageVariables")))
                        .tags(tags)
                        .build());
        return new Provisioned(name, Map.of());
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        request.call(
                ApiGatewayV2.UPDATE_STAGE,
                UpdateStageRequest.builder()
                        .apiId(properties.get("ApiId").asText())
                        .stageName(current.physicalId())
                        .autoDeploy(properties.path("AutoDeploy").asBoolean(false))
                        .deploymentId(text(properties, "DeploymentId"))
                        .description(request.text("Description", ""))
                        .stageVariables(map(properties.path("StageVariables")))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    ApiGatewayV2.DELETE_STAGE,
                    DeleteStageRequest.builder()
                            .apiId(request.properties().get("ApiId").asText())
                            .stageName(current.physicalId())
                            .build());
        } catch (NotFoundException gone) {
            // It went with its API.
        }
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new TreeMap<>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
