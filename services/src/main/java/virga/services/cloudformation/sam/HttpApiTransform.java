package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.kernel.Fault;

/** {@code AWS::Serverless::HttpApi}: the API with its OpenAPI document, and its stage. */
final class HttpApiTransform {
    private static final List<String> CORS =
            List.of("AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials");

    private final TransformState state;
    private final ServerlessResource api;

    HttpApiTransform(TransformState state, ServerlessResource api) {
        this.state = state;
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
                "StageVariables",
                "CorsConfiguration",
                "AccessLogSettings",
                "DefaultRouteSettings",
                "Auth",
                "RouteSettings",
                "Domain",
                "FailOnWarnings",
                "Description",
                "DisableExecuteApiEndpoint"));
        if (api.has("Domain")) {
            throw Fault.unsupported("AWS::Serverless::HttpApi/Domain");
        }
        if (api.has("DefinitionUri") && api.has("DefinitionBody")) {
            throw fault("Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
        }
        ResourceDraft draft = new ResourceDraft(api.logicalId(), "AWS::ApiGatewayV2::Api", api.attributes());
        addCors();
        HttpAuthorizers authorizers = new HttpAuthorizers(api);
        authorizers.apply();
        addTags();
        if (api.has("FailOnWarnings")) {
            draft.put("FailOnWarnings", api.get("FailOnWarnings"));
        }
        addEndpoint();
        describe("Name", "title", Nodes.ref("AWS::StackName"));
        describe("Description", "description", Nodes.missing());
        if (api.has("FailOnWarnings")
                && api.get("DefinitionBody").path("paths") instanceof ObjectNode paths
                && paths.has("$default")) {
            paths.set("/$default", paths.remove("$default"));
        }
        if (api.has("DefinitionUri")) {
            draft.put(
                    "BodyS3Location",
                    ContentLocation.definition(api.get("DefinitionUri"), api.logicalId(), "DefinitionUri"));
        } else if (api.has("DefinitionBody")) {
            draft.put("Body", api.get("DefinitionBody"));
        } else {
            throw fault(
                    "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'. Add a value for"
                            + " one of these properties or add a 'HttpApi' event to an 'AWS::Serverless::Function'.");
        }
        List<ResourceDraft> drafts = new ArrayList<>(List.of(draft));
        drafts.addAll(authorizers.permissions());
        drafts.add(stage());
        return drafts;
    }

    private Fault fault(String message) {
        return SamErrors.resource(api.logicalId(), message);
    }

    private ObjectNode body(String property) {
        if (!(api.get("DefinitionBody") instanceof ObjectNode body)) {
            throw fault(property + " works only with inline OpenApi specified in the 'DefinitionBody' property.");
        }
        return body;
    }

    private void addCors() {
        JsonNode cors = state.parameters().resolve(api.get("CorsConfiguration"));
        if (!Nodes.isGiven(cors)) {
            return;
        }
        if (!(api.get("DefinitionBody") instanceof ObjectNode body)) {
            throw fault("Cors works only with inline OpenApi specified in 'DefinitionBody' property.");
        }
        if (!ApiDocument.isOpenApi(body)) {
            throw fault(
                    "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid OpenApi definition.");
        }
        ObjectNode configuration = body.withObjectProperty("x-amazon-apigateway-cors");
        if (cors.isBoolean()) {
            configuration.set("allowOrigins", Nodes.texts("*"));
        } else if (Nodes.isIntrinsic(cors)) {
            configuration.setAll((ObjectNode) lowerCased(cors));
        } else if (cors.isObject()) {
            addCors(configuration, cors);
        } else {
            throw fault("Invalid value for 'Cors' property.");
        }
    }

    private void addCors(ObjectNode configuration, JsonNode cors) {
        cors.fieldNames().forEachRemaining(name -> {
            if (!CORS.contains(name)) {
                throw fault("Invalid key '" + name + "' for 'Cors' property.");
            }
        });
        JsonNode origins = cors.path("AllowOrigins");
        boolean anyOrigin = origins.isMissingNode() || origins.equals(Nodes.texts("*"));
        if (cors.path("AllowCredentials").asBoolean() && anyOrigin && !origins.isMissingNode()) {
            throw fault(
                    "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or"
                            + " not set.");
        }
        if (Nodes.isIntrinsic(origins)) {
            configuration.setAll((ObjectNode) lowerCased(origins));
            return;
        }
        for (String name : CORS) {
            JsonNode value = cors.path(name);
            boolean given = name.equals("MaxAge") ? Nodes.isPresent(value) : Nodes.isGiven(value);
            if (given) {
                configuration.set(lowerCased(name), value);
            }
        }
    }

    /** An intrinsic function whose branches are whole configurations: its keys become OpenAPI's. */
    private static JsonNode lowerCased(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Nodes.array();
            node.forEach(item -> array.add(lowerCased(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = Nodes.object();
        node.properties()
                .forEach(field -> object.set(
                        CORS.contains(field.getKey()) ? lowerCased(field.getKey()) : field.getKey(),
                        lowerCased(field.getValue())));
        return object;
    }

    private static String lowerCased(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private void addTags() {
        if (api.has("Tags")) {
            ObjectNode body = body("Tags");
            if (!ApiDocument.isOpenApi(body)) {
                throw fault(
                        "Unable to add `Tags` because 'DefinitionBody' does not contain a valid OpenApi definition.");
            }
        }
        if (!(api.get("DefinitionBody") instanceof ObjectNode body) || !ApiDocument.isOpenApi(body)) {
            return;
        }
        ObjectNode tags = api.properties().path("Tags") instanceof ObjectNode given ? given : Nodes.object();
        tags.put("httpapi:createdBy", "SAM");
        api.properties().set("Tags", tags);
        ArrayNode documented = body.path("tags") instanceof ArrayNode array ? array : Nodes.array();
        for (Map.Entry<String, JsonNode> tag : tags.properties()) {
            ObjectNode entry = documented
                    .valueStream()
                    .filter(known -> known.path("name").asText("").equals(tag.getKey()))
                    .map(known -> (ObjectNode) known)
                    .findFirst()
                    .orElseGet(() -> documented.addObject().put("name", tag.getKey()));
            entry.set("x-amazon-apigateway-tag-value", tag.getValue());
        }
        body.set("tags", documented);
    }

    private void addEndpoint() {
        JsonNode disabled = api.get("DisableExecuteApiEndpoint");
        if (!Nodes.isPresent(disabled)) {
            return;
        }
        if (!(api.get("DefinitionBody") instanceof ObjectNode body)) {
            throw fault("DisableExecuteApiEndpoint works only within 'DefinitionBody' property.");
        }
        ArrayNode servers = body.path("servers") instanceof ArrayNode array ? array : Nodes.array(Nodes.object());
        servers.forEach(server -> ((ObjectNode) server)
                .withObjectProperty("x-amazon-apigateway-endpoint-configuration")
                .set("disableExecuteApiEndpoint", disabled));
        body.set("servers", servers);
    }

    private void describe(String property, String member, JsonNode replaceable) {
        if (!api.has(property)) {
            return;
        }
        ObjectNode info = body(property).withObjectProperty("info");
        JsonNode present = info.path(member);
        if (replaceable.isMissingNode() ? Nodes.isGiven(present) : !present.equals(replaceable)) {
            throw fault(
                    "Unable to set " + property
                            + " because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.");
        }
        info.set(member, api.get(property));
    }

    private ResourceDraft stage() {
        JsonNode given = api.get("StageName");
        JsonNode name = Nodes.isGiven(given) ? given : Nodes.text("$default");
        String prefix = name.isTextual() ? name.asText() : "";
        String id = prefix.equals("$default")
                ? api.logicalId() + "ApiGatewayDefaultStage"
                : Nodes.isAlphanumeric(prefix)
                        ? api.logicalId() + prefix + "Stage"
                        : LogicalIds.hashed(api.logicalId() + "Stage", Nodes.text(prefix));
        JsonNode tags = api.has("DefinitionBody") ? api.get("Tags") : Nodes.missing();
        return new ResourceDraft(id, "AWS::ApiGatewayV2::Stage", api.passedAttributes())
                .put("ApiId", Nodes.ref(api.logicalId()))
                .put("StageName", name)
                .put("StageVariables", api.get("StageVariables"))
                .put("AccessLogSettings", api.get("AccessLogSettings"))
                .put("DefaultRouteSettings", api.get("DefaultRouteSettings"))
                .put("RouteSettings", api.get("RouteSettings"))
                .put("AutoDeploy", Nodes.yes())
                .put("Tags", tags);
    }
}
