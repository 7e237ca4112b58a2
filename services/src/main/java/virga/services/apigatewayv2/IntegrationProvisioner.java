package virga.services.apigatewayv2;

import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.DeleteIntegrationRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.UpdateIntegrationRequest;

/** {@code AWS::ApiGatewayV2::Integration}. Source: its page in the CloudFormation Template Reference. */
final class IntegrationProvisioner implements Provisioner {
    /** What an update goes back to where the template says nothing. */
    private static final UpdateIntegrationRequest OTHERWISE =
            UpdateIntegrationRequest.builder().description("").build();

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
        String id = request.call(
                        ApiGatewayV2.CREATE_INTEGRATION, request.properties().as(ApiGatewayV2.CREATE_INTEGRATION))
                .integrationId()
                .orElseThrow();
        return new Provisioned(id, Map.of("IntegrationId", id));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        request.call(
                ApiGatewayV2.UPDATE_INTEGRATION,
                request.properties().as(ApiGatewayV2.UPDATE_INTEGRATION, OTHERWISE).toBuilder()
                        .integrationId(current.physicalId())
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NotFoundException.class,
                ApiGatewayV2.DELETE_INTEGRATION,
                DeleteIntegrationRequest.builder()
                        .apiId(request.properties().requiredText("ApiId"))
                        .integrationId(current.physicalId())
                        .build());
    }
}
