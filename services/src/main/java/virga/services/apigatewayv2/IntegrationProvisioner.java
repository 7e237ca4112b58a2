package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateIntegrationRequest;
import virga.model.apigatewayv2.DeleteIntegrationRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.UpdateIntegrationRequest;

/** {@code AWS::ApiGatewayV2::Integration}. Source: its page in the CloudFormation Template Reference. */
final class IntegrationProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::ApiGatewayV2::Integration";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("ApiId")
                .inPlace(
                        "Description",
                        "IntegrationMethod",
                        "IntegrationType",
                        "IntegrationUri",
                        "PayloadFormatVersion",
                        "TimeoutInMillis")
                .requiring("ApiId", "IntegrationType")
                .unsupported(
                        "ConnectionId",
                        "ConnectionType",
                        "ContentHandlingStrategy",
                        "CredentialsArn",
                        "IntegrationSubtype",
                        "PassthroughBehavior",
                        "RequestParameters",
                        "RequestTemplates",
                        "ResponseParameters",
                        "TemplateSelectionExpression",
                        "TlsConfig");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        String id = request.call(
                        ApiGatewayV2.CREATE_INTEGRATION,
                        CreateIntegrationRequest.builder()
                                .apiId(properties.get("ApiId").asText())
                                .integrationType(
                                        properties.get("IntegrationType").asText())
                                .integrationUri(text(properties, "IntegrationUri"))
                                .integrationMethod(text(properties, "IntegrationMethod"))
                                .payloadFormatVersion(text(properties, "PayloadFormatVersion"))
                                .timeoutInMillis(number(properties, "TimeoutInMillis"))
                                .description(text(properties, "Description"))
                                .build())
                .integrationId()
                .orElseThrow();
        return new Provisioned(id, Map.of("IntegrationId", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        request.call(
                ApiGatewayV2.UPDATE_INTEGRATION,
                UpdateIntegrationRequest.builder()
                        .apiId(properties.get("ApiId").asText())
                        .integrationId(current.physicalId())
                        .integrationType(text(properties, "IntegrationType"))
                        .integrationUri(text(properties, "IntegrationUri"))
                        .integrationMethod(text(properties, "IntegrationMethod"))
                        .payloadFormatVersion(text(properties, "PayloadFormatVersion"))
                        .timeoutInMillis(number(properties, "TimeoutInMillis"))
                        .description(request.text("Description", ""))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    ApiGatewayV2.DELETE_INTEGRATION,
                    DeleteIntegrationRequest.builder()
                            .apiId(request.properties().get("ApiId").asText())
                            .integrationId(current.physicalId())
                            .build());
        } catch (NotFoundException gone) {
            // It went with its API.
        }
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static Integer number(JsonNode node, String name) {
        return node.hasNonNull(name) ? Integer.valueOf(node.get(name).asText()) : null;
    }
}
