package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import virga.kernel.Fault;

/**
 * {@code AWS::Serverless::Api}: the REST API, a deployment whose id changes with its document, and the stage.
 *
 * <p>The end of the deployment's id is a hash of the document's JSON. AWS's is a hash of the document as Python 2 printed it, so this
 * one id differs; it serves the same end, a new deployment whenever the document changes.
 */
final class RestApiTransform {
    private final ServerlessResource api;

    RestApiTransform(ServerlessResource api) {
        this.api = api;
    }

    List<ResourceDraft> transform() {
        api.allow(Set.of(
                "__MANAGE_SWAGGER",
                "Name",
                "StageName",
                "Tags",
                "PropagateTags",
                "DefinitionBody",
                "DefinitionUri",
                "MergeDefinitions",
                "CacheClusterEnabled",
                "CacheClusterSize",
                "Variables",
                "EndpointConfiguration",
                "MethodSettings",
                "BinaryMediaTypes",
                "MinimumCompressionSize",
                "Cors",
                "Auth",
                "GatewayResponses",
                "AccessLogSetting",
                "CanarySetting",
                "TracingEnabled",
                "OpenApiVersion",
                "Models",
                "Domain",
                "FailOnWarnings",
                "Description",
                "Mode",
                "DisableExecuteApiEndpoint",
                "ApiKeySourceType",
                "AlwaysDeploy",
                "Policy",
                "SecurityPolicy",
                "EndpointAccessMode"));
        api.require("StageName");
        for (String property : List.of("Domain", "GatewayResponses", "Models", "MergeDefinitions", "AlwaysDeploy")) {
            if (api.has(property)) {
                throw Fault.unsupported("AWS::Serverless::Api/" + property);
            }
        }
        if (api.has("DefinitionUri") && api.has("DefinitionBody")) {
            throw SamErrors.resource(
                    api.logicalId(), "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
        }
        ResourceDraft rest = new ResourceDraft(api.logicalId(), "AWS::ApiGateway::RestApi", api.attributes());
        List<ResourceDraft> drafts = new ArrayList<>(List.of(rest));
        List<ResourceDraft> permissions = document(rest);
        for (String name : List.of(
                "BinaryMediaTypes",
                "MinimumCompressionSize",
                "Name",
                "Description",
                "Mode",
                "ApiKeySourceType",
                "Policy",
                "SecurityPolicy",
                "EndpointAccessMode",
                "FailOnWarnings")) {
            rest.put(name, api.get(name));
        }
        endpoint(rest);
        ResourceDraft deployment = deployment();
        drafts.add(deployment);
        drafts.add(stage(deployment));
        drafts.addAll(permissions);
        if (api.has("PropagateTags") && api.has("Tags")) {
            drafts.forEach(draft -> TagPropagation.apply(draft, api.get("Tags")));
        }
        return drafts;
    }

    private List<ResourceDraft> document(ResourceDraft rest) {
        if (api.has("DefinitionUri")) {
            rest.put(
                    "BodyS3Location",
                    ContentLocation.definition(api.get("DefinitionUri"), api.logicalId(), "DefinitionUri"));
            return List.of();
        }
        if (!(api.get("DefinitionBody") instanceof ObjectNode body)) {
            return List.of();
        }
        if (api.has("OpenApiVersion") && api.get("OpenApiVersion").asText().startsWith("3") && body.has("swagger")) {
            body.remove("swagger");
            body.put("openapi", api.get("OpenApiVersion").asText());
        }
        if (api.has("Cors") && body.has("openapi")) {
            throw Fault.unsupported("AWS::Serverless::Api/Cors with OpenApiVersion");
        }
        if (api.has("Cors")) {
            RestCors.apply(api, body);
        }
        if (body.has("openapi") && body.has("securityDefinitions")) {
            throw Fault.unsupported("AWS::Serverless::Api/DefinitionBody/securityDefinitions with OpenApiVersion");
        }
        List<ResourceDraft> permissions = RestAuthorizers.onApi(api, body);
        JsonNode disabled = api.get("DisableExecuteApiEndpoint");
        if (Nodes.isPresent(disabled) && body.has("openapi")) {
            throw Fault.unsupported("AWS::Serverless::Api/DisableExecuteApiEndpoint with OpenApiVersion");
        }
        if (Nodes.isPresent(disabled)) {
            body.withObjectProperty("x-amazon-apigateway-endpoint-configuration")
                    .set("disableExecuteApiEndpoint", disabled);
        }
        if (api.has("BinaryMediaTypes")) {
            com.fasterxml.jackson.databind.node.ArrayNode types = Nodes.array();
            api.get("BinaryMediaTypes")
                    .forEach(type -> types.add(
                            type.isTextual() ? Nodes.text(type.asText().replace("~1", "/")) : type));
            body.set("x-amazon-apigateway-binary-media-types", types);
        }
        rest.put("Body", body);
        return permissions;
    }

    private void endpoint(ResourceDraft rest) {
        JsonNode given = api.get("EndpointConfiguration");
        if (given.isObject() && given.has("Type")) {
            ObjectNode configuration = Nodes.object("Types", Nodes.array(given.get("Type")));
            given.properties().forEach(field -> {
                switch (field.getKey()) {
                    case "Type" -> {}
                    case "VPCEndpointIds" -> configuration.set("VpcEndpointIds", field.getValue());
                    default -> configuration.set(field.getKey(), field.getValue());
                }
            });
            rest.put("EndpointConfiguration", configuration);
            JsonNode type = given.get("Type");
            rest.put("Parameters", Nodes.object("endpointConfigurationTypes", type));
        } else if (Nodes.isGiven(given)) {
            rest.put("EndpointConfiguration", Nodes.object("Types", Nodes.array(given)));
            rest.put("Parameters", Nodes.object("endpointConfigurationTypes", given));
        }
    }

    private ResourceDraft deployment() {
        JsonNode data = api.has("DefinitionBody") ? api.get("DefinitionBody") : api.get("DefinitionUri");
        String hash = LogicalIds.hash(LogicalIds.json(data));
        ResourceDraft deployment = new ResourceDraft(
                        api.logicalId() + "Deployment" + hash, "AWS::ApiGateway::Deployment", api.passedAttributes())
                .put("RestApiId", Nodes.ref(api.logicalId()))
                .put("Description", "RestApi deployment id: " + hash);
        return api.has("OpenApiVersion") ? deployment : deployment.put("StageName", "Stage");
    }

    private ResourceDraft stage(ResourceDraft deployment) {
        JsonNode name = api.get("StageName");
        String prefix = name.isTextual() ? name.asText() : "";
        String id = Nodes.isAlphanumeric(prefix)
                ? api.logicalId() + prefix + "Stage"
                : LogicalIds.hashed(api.logicalId() + "Stage", Nodes.text(prefix));
        ResourceDraft stage = new ResourceDraft(id, "AWS::ApiGateway::Stage", api.passedAttributes())
                .put("RestApiId", Nodes.ref(api.logicalId()))
                .put("DeploymentId", deployment.ref())
                .put("StageName", name);
        for (String property : List.of(
                "CacheClusterEnabled",
                "CacheClusterSize",
                "Variables",
                "MethodSettings",
                "AccessLogSetting",
                "CanarySetting",
                "TracingEnabled")) {
            stage.put(property, api.get(property));
        }
        return Nodes.isPresent(api.get("Tags")) ? stage.put("Tags", Nodes.tags(api.get("Tags"))) : stage;
    }
}
