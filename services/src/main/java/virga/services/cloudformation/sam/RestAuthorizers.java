package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.kernel.Fault;

/** {@code Auth} of a REST API: Cognito and Lambda authorizers, and which one guards which method. */
final class RestAuthorizers {
    private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";

    private RestAuthorizers() {}

    /** The authorizer that an event names for its own method. */
    static void onMethod(EventSource event, ObjectNode api, ApiDocument document, String path, String method) {
        JsonNode auth = event.get("Auth");
        for (String property : List.of("ApiKeyRequired", "ResourcePolicy", "InvokeRole", "OverrideApiAuth")) {
            if (Nodes.isGiven(auth.path(property))) {
                throw Fault.unsupported("AWS::Serverless::Function/Events/Api/Auth/" + property);
            }
        }
        JsonNode name = auth.path("Authorizer");
        if (!Nodes.isGiven(name)) {
            return;
        }
        JsonNode authorizers = api.path("Auth").path("Authorizers");
        boolean builtIn = name.asText().equals("NONE") || name.asText().equals("AWS_IAM");
        if (!builtIn && !authorizers.has(name.asText())) {
            throw SamErrors.resource(
                    event.target().logicalId(),
                    "Event with id [" + event.name() + "] is invalid. Unable to set Authorizer [" + name.asText()
                            + "] on API method ["
                            + method + "] for path [" + path + "] because "
                            + (authorizers.isObject()
                                    ? "it wasn't defined in the API's Authorizers."
                                    : "the related API does not define any Authorizers."));
        }
        if (name.asText().equals("AWS_IAM")) {
            throw Fault.unsupported("AWS::Serverless::Function/Events/Api/Auth/Authorizer: AWS_IAM");
        }
        JsonNode scopes = Nodes.isGiven(auth.path("AuthorizationScopes"))
                ? auth.get("AuthorizationScopes")
                : authorizers.path(name.asText()).path("AuthorizationScopes");
        document.definitions(path, method)
                .forEach(definition ->
                        ApiDocument.secure(definition, name.asText(), scopes.isMissingNode() ? Nodes.array() : scopes));
    }

    /** Writes the API's authorizers into its document; the permissions of Lambda authorizers are answered. */
    static List<ResourceDraft> onApi(ServerlessResource api, ObjectNode body) {
        JsonNode auth = api.get("Auth");
        auth.fieldNames().forEachRemaining(name -> {
            if (!List.of("Authorizers", "DefaultAuthorizer", "AddDefaultAuthorizerToCorsPreflight")
                    .contains(name)) {
                throw Fault.unsupported("AWS::Serverless::Api/Auth/" + name);
            }
        });
        if (Nodes.isGiven(auth) && !api.get("__MANAGE_SWAGGER").asBoolean()) {
            throw Fault.unsupported("AWS::Serverless::Api/Auth beside a DefinitionBody of one's own");
        }
        if (Nodes.isGiven(auth) && api.has("OpenApiVersion")) {
            throw Fault.unsupported("AWS::Serverless::Api/Auth with OpenApiVersion");
        }
        if (auth.path("DefaultAuthorizer").asText("").equals("AWS_IAM")) {
            throw Fault.unsupported("AWS::Serverless::Api/Auth/DefaultAuthorizer: AWS_IAM");
        }
        List<ResourceDraft> permissions = new ArrayList<>();
        ObjectNode schemes = Nodes.object();
        for (Map.Entry<String, JsonNode> authorizer : auth.path("Authorizers").properties()) {
            schemes.set(authorizer.getKey(), scheme(authorizer.getValue()));
            boolean callable = authorizer.getValue().has("FunctionArn")
                    && !authorizer.getValue().has("FunctionInvokeRole")
                    && !authorizer
                            .getValue()
                            .path("DisableFunctionDefaultPermissions")
                            .asBoolean();
            if (callable) {
                permissions.add(permission(api, authorizer.getKey(), authorizer.getValue()));
            }
        }
        if (!schemes.isEmpty()) {
            ObjectNode holder = body.has("openapi") ? body.withObjectProperty("components") : body;
            holder.withObjectProperty(body.has("openapi") ? "securitySchemes" : "securityDefinitions")
                    .setAll(schemes);
        }
        String byDefault = auth.path("DefaultAuthorizer").asText("");
        if (!byDefault.isEmpty()) {
            JsonNode scopes = auth.path("Authorizers").path(byDefault).path("AuthorizationScopes");
            boolean preflight = auth.path("AddDefaultAuthorizerToCorsPreflight").asBoolean(true);
            body.get("paths")
                    .forEach(path -> ApiDocument.contents(path)
                            .forEach(item -> item.properties().forEach(method -> {
                                if (!method.getKey().equals("options") || preflight) {
                                    guard(
                                            method.getValue(),
                                            byDefault,
                                            scopes.isMissingNode() ? Nodes.array() : scopes);
                                }
                            })));
        }
        return permissions;
    }

    private static void guard(JsonNode method, String authorizer, JsonNode scopes) {
        for (JsonNode definition : ApiDocument.contents(method)) {
            if (definition instanceof ObjectNode object && Nodes.isGiven(object.path(ApiDocument.INTEGRATION))) {
                JsonNode own = object.path("security");
                if (own.valueStream().anyMatch(one -> one.has("NONE"))) {
                    object.remove("security");
                } else if (!Nodes.isGiven(own)) {
                    ApiDocument.secure(object, authorizer, scopes);
                }
            }
        }
    }

    private static ObjectNode scheme(JsonNode authorizer) {
        JsonNode identity = authorizer.path("Identity");
        ObjectNode scheme = Nodes.object("type", Nodes.text("apiKey")).put("in", "header");
        boolean request = authorizer.path("FunctionPayloadType").asText("TOKEN").equals("REQUEST");
        scheme.put("name", request ? "Unused" : identity.path("Header").asText("Authorization"));
        ObjectNode extension = Nodes.object();
        if (authorizer.has("UserPoolArn")) {
            scheme.put("x-amazon-apigateway-authtype", "cognito_user_pools");
            JsonNode arn = authorizer.get("UserPoolArn");
            extension.put("type", "cognito_user_pools").set("providerARNs", arn.isArray() ? arn : Nodes.array(arn));
        } else {
            scheme.put("x-amazon-apigateway-authtype", "custom");
            extension.put("type", request ? "request" : "token");
            extension.set(
                    "authorizerUri",
                    Nodes.sub(
                            "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations",
                            Nodes.object("__FunctionArn__", authorizer.path("FunctionArn"))));
            if (identity.has("ReauthorizeEvery")) {
                extension.set("authorizerResultTtlInSeconds", identity.get("ReauthorizeEvery"));
            }
            if (identity.has("ValidationExpression")) {
                extension.set("identityValidationExpression", identity.get("ValidationExpression"));
            }
            if (request) {
                List<String> sources = new ArrayList<>();
                identity.path("Headers").forEach(name -> sources.add("method.request.header." + name.asText()));
                identity.path("QueryStrings")
                        .forEach(name -> sources.add("method.request.querystring." + name.asText()));
                identity.path("StageVariables").forEach(name -> sources.add("stageVariables." + name.asText()));
                identity.path("Context").forEach(name -> sources.add("context." + name.asText()));
                if (!sources.isEmpty()) {
                    extension.put("identitySource", String.join(", ", sources));
                }
            }
        }
        return scheme.set(AUTHORIZER, extension);
    }

    private static ResourceDraft permission(ServerlessResource api, String name, JsonNode authorizer) {
        return new ResourceDraft(
                        api.logicalId() + name + "AuthorizerPermission",
                        "AWS::Lambda::Permission",
                        api.passedAttributes())
                .put("Action", "lambda:InvokeFunction")
                .put("FunctionName", authorizer.get("FunctionArn"))
                .put("Principal", "apigateway.amazonaws.com")
                .put(
                        "SourceArn",
                        Nodes.sub(
                                "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",
                                Nodes.object("__ApiId__", Nodes.ref(api.logicalId()))));
    }
}
