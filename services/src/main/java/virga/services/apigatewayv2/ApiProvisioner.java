package virga.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.CreateApiRequest;
import virga.model.apigatewayv2.DeleteApiRequest;
import virga.model.apigatewayv2.GetApiRequest;
import virga.model.apigatewayv2.ImportApiRequest;
import virga.model.apigatewayv2.NotFoundException;
import virga.model.apigatewayv2.ReimportApiRequest;
import virga.model.apigatewayv2.UpdateApiRequest;

/** {@code AWS::ApiGatewayV2::Api}, from properties or from an OpenAPI body. Source: its page in the CloudFormation Template Reference. */
final class ApiProvisioner implements Provisioner {
    private static final CreateApiRequest OTHERWISE =
            CreateApiRequest.builder().name("").protocolType("HTTP").build();
    /** What an update goes back to where the template says nothing. */
    private static final UpdateApiRequest UPDATED_OTHERWISE =
            UpdateApiRequest.builder().description("").version("").build();

    @Override
    public String type() {
        return "AWS::ApiGatewayV2::Api";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("ProtocolType")
                .inPlace(
                        "Body/**",
                        "CorsConfiguration/AllowCredentials",
                        "CorsConfiguration/AllowHeaders/[]",
                        "CorsConfiguration/AllowMethods/[]",
                        "CorsConfiguration/AllowOrigins/[]",
                        "CorsConfiguration/ExposeHeaders/[]",
                        "CorsConfiguration/MaxAge",
                        "Description",
                        "FailOnWarnings",
                        "Name",
                        "Tags/**",
                        "Version")
                .unsupported(
                        "ApiKeySelectionExpression",
                        "BasePath",
                        "BodyS3Location",
                        "CredentialsArn",
                        "DisableExecuteApiEndpoint",
                        "DisableSchemaValidation",
                        "IpAddressType",
                        "RouteKey",
                        "RouteSelectionExpression",
                        "Target");
    }

    @Override
    public Provisioned create(Provisioning request) {
        String id;
        if (request.properties().has("Body")) {
            id = request.call(
                            ApiGatewayV2.IMPORT_API,
                            ImportApiRequest.builder().body(body(request)).build())
                    .apiId()
                    .orElseThrow();
            TemplateTags.change(request, "/apis/" + id, Set.of());
        } else {
            id = request.call(
                            ApiGatewayV2.CREATE_API,
                            request.properties().as(ApiGatewayV2.CREATE_API, OTHERWISE).toBuilder()
                                    .tags(TemplateTags.of(request))
                                    .build())
                    .apiId()
                    .orElseThrow();
        }
        return provisioned(request, id);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        String id = current.physicalId();
        if (request.properties().has("Body")) {
            request.call(
                    ApiGatewayV2.REIMPORT_API,
                    ReimportApiRequest.builder().apiId(id).body(body(request)).build());
        } else {
            request.call(
                    ApiGatewayV2.UPDATE_API,
                    request.properties().as(ApiGatewayV2.UPDATE_API, UPDATED_OTHERWISE).toBuilder()
                            .apiId(id)
                            .build());
        }
        // A body brings tags of its own, which are not the template's to take away.
        TemplateTags.change(
                request,
                "/apis/" + id,
                request.properties().has("Body")
                        ? previous.map("Tags").keySet()
                        : TemplateTags.keys(request, "/apis/" + id));
        return provisioned(request, id);
    }

    /** Without a title of its own, the imported API has the resource's logical id, as CloudFormation gives it. */
    private static String body(Provisioning request) {
        JsonNode body = request.properties().json().get("Body").deepCopy();
        if (request.properties().has("Name") && body.path("info") instanceof ObjectNode info) {
            info.put("title", request.properties().text("Name", ""));
        }
        return body.toString();
    }

    private static Provisioned provisioned(Provisioning request, String id) {
        String endpoint = request.call(
                        ApiGatewayV2.GET_API, GetApiRequest.builder().apiId(id).build())
                .apiEndpoint()
                .orElseThrow();
        return new Provisioned(id, Map.of("ApiId", id, "ApiEndpoint", endpoint));
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                NotFoundException.class,
                ApiGatewayV2.DELETE_API,
                DeleteApiRequest.builder().apiId(current.physicalId()).build());
    }
}
