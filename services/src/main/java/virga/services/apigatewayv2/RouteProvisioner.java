package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateRouteRequest;
import virga.model.apigatewayv2.DeleteRouteRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.UpdateRouteRequest;

/** {@code AWS::ApiGatewayV2::Route}. Source: its page in the CloudFormation Template Reference. */
final class RouteProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::ApiGatewayV2::Route";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("ApiId")
                .inPlace("AuthorizationType", "OperationName", "RouteKey", "Target")
                .requiring("ApiId", "RouteKey")
                .unsupported(
                        "ApiKeyRequired",
                        "AuthorizationScopes",
                        "AuthorizerId",
                        "ModelSelectionExpression",
                        "RequestModels",
                        "RequestParameters",
                        "RouteResponseSelectionExpression");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        String id = request.call(
                        ApiGatewayV2.CREATE_ROUTE,
                        CreateRouteRequest.builder()
                                .apiId(properties.get("ApiId").asText())
                                .routeKey(properties.get("RouteKey").asText())
                                .target(text(properties, "Target"))
                                .authorizationType(text(properties, "AuthorizationType"))
                                .operationName(text(properties, "OperationName"))
                                .build())
                .routeId()
                .orElseThrow();
        return new Provisioned(id, Map.of("RouteId", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        request.call(
                ApiGatewayV2.UPDATE_ROUTE,
                UpdateRouteRequest.builder()
                        .apiId(properties.get("ApiId").asText())
                        .routeId(current.physicalId())
                        .routeKey(text(properties, "RouteKey"))
                        .target(text(properties, "Target"))
                        .authorizationType(text(properties, "AuthorizationType"))
                        .operationName(text(properties, "OperationName"))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    ApiGatewayV2.DELETE_ROUTE,
                    DeleteRouteRequest.builder()
                            .apiId(request.properties().get("ApiId").asText())
                            .routeId(current.physicalId())
                            .build());
        } catch (NotFoundException gone) {
            // It went with its API.
        }
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }
}
