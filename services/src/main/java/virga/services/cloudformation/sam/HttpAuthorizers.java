package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import virga.kernel.Fault;

/** {@code Auth} of an HTTP API: JWT, Lambda and IAM authorizers in its document, and the default one on its routes. */
final class HttpAuthorizers {
    private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";
    private static final Set<String> JWT = Set.of("AuthorizationScopes", "JwtConfiguration", "IdentitySource");
    private static final Set<String> LAMBDA = Set.of(
            "FunctionArn",
            "FunctionInvokeRole",
            "Identity",
            "AuthorizerPayloadFormatVersion",
            "EnableSimpleResponses",
            "EnableFunctionDefaultPermissions");

    private final ServerlessResource api;
    private final JsonNode auth;

    HttpAuthorizers(ServerlessResource api) {
        this.api = api;
        this.auth = api.get("Auth");
    }

    void apply() {
        if (!Nodes.isGiven(auth)) {
            return;
        }
        if (!(api.get("DefinitionBody") instanceof ObjectNode body)) {
            throw fault("Auth works only with inline OpenApi specified in the 'DefinitionBody' property.");
        }
        auth.fieldNames().forEachRemaining(name -> {
            if (!List.of("Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer")
                    .contains(name)) {
                throw fault("Invalid value for 'Auth' property");
            }
        });
        if (!ApiDocument.isOpenApi(body)) {
            throw fault(
                    "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid OpenApi definition.");
        }
        ObjectNode schemes = Nodes.object();
        if (auth.path("EnableIamAuthorizer").asBoolean()) {
            schemes.set("AWS_IAM", apiKey("Authorization").put("x-amazon-apigateway-authtype", "awsSigv4"));
        }
        authorizers().forEach(entry -> schemes.set(entry.getKey(), scheme(entry.getKey(), entry.getValue())));
        if (!schemes.isEmpty()) {
            body.withObjectProperty("components")
                    .withObjectProperty("securitySchemes")
                    .setAll(schemes);
        }
        setDefault(body, schemes);
    }

    private Set<Map.Entry<String, JsonNode>> authorizers() {
        JsonNode authorizers = auth.path("Authorizers");
        if (Nodes.isGiven(authorizers) && !authorizers.isObject()) {
            throw fault("Property 'Auth.Authorizers' should be a map.");
        }
        return authorizers.properties();
    }

    private Fault fault(String message) {
        return SamErrors.resource(api.logicalId(), message);
    }

    private static ObjectNode apiKey(String name) {
        return Nodes.object("type", Nodes.text("apiKey")).put("name", name).put("in", "header");
    }

    private ObjectNode scheme(String name, JsonNode authorizer) {
        if (!authorizer.isObject()) {
            throw fault("Property 'Auth.Authorizers." + name + "' should be a map.");
        }
        if (authorizer.has("OpenIdConnectUrl")) {
            throw fault("'OpenIdConnectUrl' is no longer a supported property for authorizer '" + name
                    + "'. Please refer to the AWS SAM documentation.");
        }
        boolean jwt = authorizer.has("JwtConfiguration");
        Set<String> allowed = jwt ? JWT : LAMBDA;
        authorizer.fieldNames().forEachRemaining(property -> {
            if (!allowed.contains(property)) {
                throw fault(property + " is only supported for " + (jwt ? "Lambda" : "OAuth2") + " Authorizer.");
            }
        });
        return jwt ? jwt(name, authorizer) : request(name, authorizer);
    }

    private ObjectNode jwt(String name, JsonNode authorizer) {
        if (!Nodes.isGiven(authorizer.path("IdentitySource"))) {
            throw fault(name + " OAuth2 Authorizer must define 'IdentitySource'.");
        }
        ObjectNode configuration = Nodes.object();
        authorizer
                .get("JwtConfiguration")
                .properties()
                .forEach(field ->
                        configuration.set(field.getKey().toLowerCase(java.util.Locale.ROOT), field.getValue()));
        ObjectNode extension = Nodes.object("jwtConfiguration", configuration).put("type", "jwt");
        extension.set("identitySource", authorizer.get("IdentitySource"));
        return Nodes.object("type", Nodes.text("oauth2")).set(AUTHORIZER, extension);
    }

    private ObjectNode request(String name, JsonNode authorizer) {
        for (String required : List.of("FunctionArn", "AuthorizerPayloadFormatVersion")) {
            if (!Nodes.isGiven(authorizer.path(required))) {
                throw fault(name + " Lambda Authorizer must define '" + required + "'.");
            }
        }
        ObjectNode extension = Nodes.object("type", Nodes.text("request"));
        extension.set(
                "authorizerUri",
                Nodes.sub(
                        "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations",
                        Nodes.object("__FunctionArn__", authorizer.get("FunctionArn"))));
        JsonNode role = authorizer.path("FunctionInvokeRole");
        if (Nodes.isGiven(role) && !role.asText("").equals("NONE")) {
            extension.set("authorizerCredentials", role);
        }
        JsonNode identity = authorizer.path("Identity");
        if (Nodes.isGiven(identity)) {
            if (identity.has("ReauthorizeEvery")) {
                extension.set("authorizerResultTtlInSeconds", identity.get("ReauthorizeEvery"));
            }
            extension.set("identitySource", identitySource(identity));
        }
        extension.set("authorizerPayloadFormatVersion", authorizer.get("AuthorizerPayloadFormatVersion"));
        if (Nodes.isGiven(authorizer.path("EnableSimpleResponses"))) {
            extension.set("enableSimpleResponses", authorizer.get("EnableSimpleResponses"));
        }
        return apiKey("Unused").set(AUTHORIZER, extension);
    }

    private static ArrayNode identitySource(JsonNode identity) {
        ArrayNode sources = Nodes.array();
        identity.path("Headers").forEach(name -> sources.add("$request.header." + name.asText()));
        identity.path("QueryStrings").forEach(name -> sources.add("$request.querystring." + name.asText()));
        identity.path("StageVariables").forEach(name -> sources.add("$stageVariables." + name.asText()));
        identity.path("Context").forEach(name -> sources.add("$context." + name.asText()));
        return sources;
    }

    private void setDefault(ObjectNode body, ObjectNode schemes) {
        JsonNode given = auth.path("DefaultAuthorizer");
        if (!Nodes.isGiven(given) || Nodes.isNoValue(given)) {
            return;
        }
        if (!given.isTextual()) {
            throw fault("Property 'Auth.DefaultAuthorizer' should be a string.");
        }
        String name = given.asText();
        if (!schemes.has(name)) {
            throw fault("Unable to set DefaultAuthorizer because '" + name + "' was not defined in 'Authorizers'.");
        }
        JsonNode scopes = auth.path("Authorizers").path(name).path("AuthorizationScopes");
        for (JsonNode path : body.get("paths")) {
            for (JsonNode item : ApiDocument.contents(path)) {
                item.properties().forEach(method -> {
                    if (method.getKey().equals("parameters") || method.getKey().equals("options")) {
                        return;
                    }
                    for (JsonNode definition : ApiDocument.contents(method.getValue())) {
                        if (Nodes.isGiven(definition.path(ApiDocument.INTEGRATION))
                                && !Nodes.isGiven(definition.path("security"))) {
                            ((ObjectNode) definition)
                                    .set(
                                            "security",
                                            Nodes.array(Nodes.object(
                                                    name, scopes.isMissingNode() ? Nodes.array() : scopes)));
                        }
                    }
                });
            }
        }
    }

    /** Lambda authorizers may be called by the API where the template says so. */
    List<ResourceDraft> permissions() {
        List<ResourceDraft> permissions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> authorizer : auth.path("Authorizers").properties()) {
            JsonNode definition = authorizer.getValue();
            if (definition.has("FunctionArn") && Nodes.isGiven(definition.path("EnableFunctionDefaultPermissions"))) {
                permissions.add(new ResourceDraft(
                                api.logicalId() + authorizer.getKey() + "AuthorizerPermission",
                                "AWS::Lambda::Permission",
                                api.passedAttributes())
                        .put("Action", "lambda:InvokeFunction")
                        .put("FunctionName", definition.get("FunctionArn"))
                        .put("Principal", "apigateway.amazonaws.com")
                        .put(
                                "SourceArn",
                                Nodes.sub(
                                        "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",
                                        Nodes.object("__ApiId__", Nodes.ref(api.logicalId())))));
            }
        }
        return permissions;
    }
}
