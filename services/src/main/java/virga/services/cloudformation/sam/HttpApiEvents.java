package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code HttpApi}: a route in the API's document, and the permission to call the function. */
final class HttpApiEvents {
    private static final String DEFAULT_PATH = "$default";
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(.*?)}");

    private final EventSource event;
    private final String path;
    private final String method;
    private final JsonNode apiId;
    private final String apiLogicalId;
    private final ObjectNode api;

    private HttpApiEvents(EventSource event) {
        this.event = event;
        this.path = event.get("Path").asText();
        this.method = event.get("Method").asText().toLowerCase(Locale.ROOT);
        this.apiId = event.get("ApiId");
        this.apiLogicalId =
                apiId.isTextual() ? apiId.asText() : apiId.path("Ref").asText("");
        this.api = event.state().resources().withObjectProperty(apiLogicalId).withObjectProperty("Properties");
    }

    static List<ResourceDraft> drafts(EventSource event) {
        event.check(Set.of(
                "Path",
                "Method",
                "ApiId",
                "Stage",
                "Auth",
                "TimeoutInMillis",
                "RouteSettings",
                "PayloadFormatVersion"));
        HttpApiEvents route = new HttpApiEvents(event);
        List<ResourceDraft> permissions = route.permissions();
        route.integrate();
        return permissions;
    }

    private List<ResourceDraft> permissions() {
        String permitted = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (permitted.equals(DEFAULT_PATH)) {
            permitted = "";
        } else if (isCoveredByDefaultRoute()) {
            return List.of();
        }
        boolean any = method.equals("any") || method.equals(ApiDocument.ANY);
        String verb = any ? "*" : method.toUpperCase(Locale.ROOT);
        boolean everything = method.equals("any") && permitted.equals("/" + DEFAULT_PATH);
        String resource =
                "${__ApiId__}/${__Stage__}" + (everything ? "" : "/" + verb) + ApiDocument.permissionPath(permitted);
        ObjectNode variables = Nodes.object("__ApiId__", apiId).put("__Stage__", "*");
        return List.of(event.permission(
                "apigateway.amazonaws.com",
                Nodes.sub(
                        "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:" + resource, variables)));
    }

    /** A function that has the default route already may be called for every other one. */
    private boolean isCoveredByDefaultRoute() {
        if (!(api.path("DefinitionBody") instanceof ObjectNode body) || !ApiDocument.isOpenApi(body)) {
            return false;
        }
        List<ObjectNode> definitions = new ApiDocument(body).definitions(DEFAULT_PATH, ApiDocument.ANY);
        return !definitions.isEmpty()
                && definitions.stream()
                        .flatMap(definition ->
                                ApiDocument.contents(
                                        definition.path(ApiDocument.INTEGRATION).path("uri"))
                                        .stream())
                        .allMatch(uri -> uri.path("Fn::Sub")
                                .asText("")
                                .contains("${" + event.target().logicalId() + ".Arn}"));
    }

    private void integrate() {
        if (!(api.path("DefinitionBody") instanceof ObjectNode body)) {
            return;
        }
        if (!ApiDocument.isOpenApi(body)) {
            throw SamErrors.resource(
                    apiLogicalId,
                    "Structure of the SAM Template is invalid. Invalid OpenApi document. Invalid values or missing keys for"
                            + " 'openapi' or 'paths' in 'DefinitionBody'.");
        }
        ApiDocument document = new ApiDocument(body);
        if (api.path("__MANAGE_SWAGGER").asBoolean() && document.hasIntegration(path, method)) {
            throw SamErrors.resource(
                    event.target().logicalId(),
                    "Event with id [" + event.name() + "] is invalid. API method '" + method
                            + "' defined multiple times for path '" + path + "'.");
        }
        if (!document.hasIntegration(path, method)) {
            addIntegration(document);
        }
        if (event.has("Auth")) {
            authorize(document);
        }
        if (event.has("TimeoutInMillis")) {
            document.timeout(path, method, event.get("TimeoutInMillis"));
        }
        pathParameters(document);
        if (event.has("PayloadFormatVersion")) {
            document.definitions(path, method)
                    .forEach(definition -> ((ObjectNode) definition.get(ApiDocument.INTEGRATION))
                            .set("payloadFormatVersion", event.get("PayloadFormatVersion")));
        }
    }

    private void addIntegration(ApiDocument document) {
        document.addPath(path, method);
        String key = ApiDocument.method(method);
        String condition = event.target().condition().orElse("");
        ObjectNode uri = Nodes.sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
                + event.target().shorthand() + "/invocations");
        for (JsonNode item : ApiDocument.contents(document.paths().get(path))) {
            ObjectNode definition = item.path(key) instanceof ObjectNode given ? given : Nodes.object();
            ObjectNode integration = Nodes.object("type", Nodes.text("aws_proxy"))
                    .put("httpMethod", "POST")
                    .put("payloadFormatVersion", "2.0");
            integration.set("uri", condition.isEmpty() ? uri : Nodes.conditional(condition, uri));
            definition.set(ApiDocument.INTEGRATION, integration);
            if (path.equals(DEFAULT_PATH) && key.equals(ApiDocument.ANY)) {
                definition.put("isDefaultRoute", true);
            }
            if (!definition.has("responses")) {
                definition.set("responses", Nodes.object());
            }
            ((ObjectNode) item).set(key, condition.isEmpty() ? definition : Nodes.conditional(condition, definition));
        }
    }

    private void pathParameters(ApiDocument document) {
        Matcher matcher = PATH_PARAMETER.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1);
            for (ObjectNode definition : document.definitions(path, method)) {
                ArrayNode parameters = definition.withArrayProperty("parameters");
                ObjectNode parameter = parameters
                        .valueStream()
                        .filter(known -> known.path("name").asText("").equals(name))
                        .map(known -> (ObjectNode) known)
                        .findFirst()
                        .orElseGet(() -> parameters.addObject().put("name", name));
                parameter.put("in", "path").put("required", true);
            }
        }
    }

    private void authorize(ApiDocument document) {
        ObjectNode auth = (ObjectNode) event.get("Auth");
        JsonNode apiAuth = api.path("Auth");
        JsonNode authorizer = auth.path("Authorizer");
        if (!Nodes.isGiven(authorizer)) {
            authorizer = apiAuth.path("DefaultAuthorizer");
            if (!Nodes.isGiven(authorizer)) {
                throw fault(
                        "'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the"
                                + " HttpApi.");
            }
        }
        String name = authorizer.asText();
        boolean iam = apiAuth.path("EnableIamAuthorizer").asBoolean() && name.equals("AWS_IAM");
        JsonNode defined = apiAuth.path("Authorizers").path(name);
        String place = "on API method [" + method + "] for path [" + path + "]";
        if (name.equals("NONE")) {
            if (!Nodes.isGiven(apiAuth.path("DefaultAuthorizer"))) {
                throw fault("Unable to set Authorizer " + place
                        + " because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.");
            }
        } else if (!iam && !apiAuth.path("Authorizers").isObject()) {
            throw fault(
                    "Unable to set Authorizer [" + name + "] " + place
                            + ". The method authorizer must be a string with a corresponding dict entry in the api authorizer.");
        } else if (!iam && !Nodes.isGiven(defined)) {
            throw fault("Unable to set Authorizer [" + name + "] " + place
                    + " because it wasn't defined in the API's Authorizers.");
        }
        JsonNode scopes = auth.path("AuthorizationScopes");
        if (Nodes.isGiven(scopes) && !scopes.isArray()) {
            throw fault(
                    "Unable to set Authorizer " + place + " because 'AuthorizationScopes' must be a list of strings.");
        }
        boolean scoped = !name.equals("NONE") && !name.equals("AWS_IAM");
        JsonNode own = Nodes.isGiven(scopes) ? scopes : defined.path("AuthorizationScopes");
        JsonNode granted = scoped && Nodes.isGiven(own) ? own : Nodes.array();
        document.definitions(path, method).forEach(definition -> ApiDocument.secure(definition, name, granted));
    }

    private virga.kernel.Fault fault(String message) {
        return SamErrors.resource(
                event.target().logicalId(), "Event with id [" + event.name() + "] is invalid. " + message);
    }
}
