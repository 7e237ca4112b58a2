package virga.services.apigatewayv2;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.DeleteRouteRequest;
import virga.model.apigatewayv2.NotFoundException;

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
        String id = request.call(ApiGatewayV2.CREATE_ROUTE, request.properties().as(ApiGatewayV2.CREATE_ROUTE))
                .routeId()
                .orElseThrow();
        return new Provisioned(id, Map.of("RouteId", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        request.call(
                ApiGatewayV2.UPDATE_ROUTE,
                request.properties().as(ApiGatewayV2.UPDATE_ROUTE).toBuilder()
                        .routeId(current.physicalId())
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NotFoundException.class,
                ApiGatewayV2.DELETE_ROUTE,
                DeleteRouteRequest.builder()
                        .apiId(request.properties().requiredText("ApiId"))
                        .routeId(current.physicalId())
                        .build());
    }
}
