package virga.services.apigatewayv2;

import java.util.List;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Structure;
import virga.model.Unset;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.BadRequestException;
import virga.model.apigatewayv2.CreateIntegrationRequest;
import virga.model.apigatewayv2.CreateIntegrationResult;
import virga.model.apigatewayv2.DeleteIntegrationRequest;
import virga.model.apigatewayv2.DeleteIntegrationResponse;
import virga.model.apigatewayv2.GetIntegrationRequest;
import virga.model.apigatewayv2.GetIntegrationResult;
import virga.model.apigatewayv2.GetIntegrationsRequest;
import virga.model.apigatewayv2.GetIntegrationsResponse;
import virga.model.apigatewayv2.UpdateIntegrationRequest;
import virga.model.apigatewayv2.UpdateIntegrationResult;

/** What routes lead to. */
final class Integrations {
    static final int LONGEST_MILLIS = 30_000;
    private static final List<String> PAYLOAD_VERSIONS = List.of("1.0", "2.0");
    private static final List<String> UNSUPPORTED = List.of(
            "ConnectionId",
            "ContentHandlingStrategy",
            "CredentialsArn",
            "IntegrationSubtype",
            "PassthroughBehavior",
            "RequestParameters",
            "RequestTemplates",
            "ResponseParameters",
            "TemplateSelectionExpression",
            "TlsConfig");

    static Integration checked(Integration integration) {
        if (!integration.type().equals("AWS_PROXY")) {
            throw Fault.unsupported("AWS::ApiGatewayV2::Integration/IntegrationType=" + integration.type());
        }
        if (!PAYLOAD_VERSIONS.contains(integration.payloadVersion())) {
            throw new BadRequestException("PayloadFormatVersion " + integration.payloadVersion()
                    + " is not valid, it must be one of " + PAYLOAD_VERSIONS);
        }
        if (!integration.uri().contains(":function:")) {
            throw new BadRequestException("Invalid integration URI specified: " + integration.uri());
        }
        if (integration.timeoutMillis() < 50 || integration.timeoutMillis() > LONGEST_MILLIS) {
            throw new BadRequestException("Timeout should be between 50 ms and " + LONGEST_MILLIS + " ms");
        }
        return integration;
    }

    private static void refuse(Structure input) {
        for (String name : UNSUPPORTED) {
            Object value = input.get(name).orElse(null);
            if (value != null && !(value instanceof java.util.Map<?, ?> map && map.isEmpty())) {
                throw Fault.unsupported("AWS::ApiGatewayV2::Integration/" + name);
            }
        }
    }

    CreateIntegrationResult create(Call call, CreateIntegrationRequest input, UnitOfWork work) {
        refuse(input);
        Apis.existing(call, input.apiId(), work);
        Integration integration = checked(new Integration(
                work.ids().alphanumeric(7),
                input.integrationType(),
                input.integrationUri().orElse(""),
                input.integrationMethod().orElse("POST"),
                input.payloadFormatVersion().orElse("1.0"),
                input.timeoutInMillis().orElse(LONGEST_MILLIS),
                input.description().orElse("")));
        work.put(ApiKeys.INTEGRATION.key(input.apiId(), integration.id()), integration, ApiKeys.INTEGRATION_ROW);
        return ApiGatewayV2.CREATE_INTEGRATION.answer(shown(integration));
    }

    UpdateIntegrationResult update(Call call, UpdateIntegrationRequest input, UnitOfWork work) {
        refuse(input);
        Integration before = existing(call, input.apiId(), input.integrationId(), work);
        Integration integration = checked(new Integration(
                before.id(),
                input.integrationType().orElse(before.type()),
                input.integrationUri().orElse(before.uri()),
                input.integrationMethod().orElse(before.method()),
                input.payloadFormatVersion().orElse(before.payloadVersion()),
                input.timeoutInMillis().orElse(before.timeoutMillis()),
                input.description().orElse(before.description())));
        work.put(ApiKeys.INTEGRATION.key(input.apiId(), integration.id()), integration, ApiKeys.INTEGRATION_ROW);
        return ApiGatewayV2.UPDATE_INTEGRATION.answer(shown(integration));
    }

    GetIntegrationResult get(Call call, GetIntegrationRequest input, UnitOfWork work) {
        return ApiGatewayV2.GET_INTEGRATION.answer(shown(existing(call, input.apiId(), input.integrationId(), work)));
    }

    GetIntegrationsResponse list(Call call, GetIntegrationsRequest input, UnitOfWork work) {
        Apis.existing(call, input.apiId(), work);
        Page<Integration> page = Pages.of(
                Apis.integrations(work, input.apiId()), input.maxResults(), input.nextToken(), Integration::id);
        return GetIntegrationsResponse.builder()
                .nextToken(page.nextToken())
                .items(page.items().stream().map(Integrations::shown).toList())
                .build();
    }

    DeleteIntegrationResponse delete(Call call, DeleteIntegrationRequest input, UnitOfWork work) {
        existing(call, input.apiId(), input.integrationId(), work);
        work.delete(ApiKeys.INTEGRATION.key(input.apiId(), input.integrationId()));
        return DeleteIntegrationResponse.builder().build();
    }

    private static Integration existing(Call call, String api, String id, UnitOfWork work) {
        Apis.existing(call, api, work);
        return Apis.part(work, ApiKeys.INTEGRATION, ApiKeys.INTEGRATION_ROW, api, id, "Integration");
    }

    private static virga.model.apigatewayv2.Integration shown(Integration integration) {
        return virga.model.apigatewayv2.Integration.builder()
                .integrationId(integration.id())
                .integrationType(integration.type())
                .integrationUri(integration.uri())
                .integrationMethod(integration.method())
                .connectionType("INTERNET")
                .payloadFormatVersion(integration.payloadVersion())
                .timeoutInMillis(integration.timeoutMillis())
                .description(Unset.ifEmpty(integration.description()))
                .build();
    }
}
