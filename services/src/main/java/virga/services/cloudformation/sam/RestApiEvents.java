package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import virga.kernel.Fault;

/** {@code Api}: a method in the REST API's document, and the permission to call the function. */
final class RestApiEvents {
    private RestApiEvents() {}

    static List<ResourceDraft> drafts(EventSource event) {
        event.check(
                Set.of(
                        "Path",
                        "Method",
                        "RestApiId",
                        "Stage",
                        "Auth",
                        "RequestModel",
                        "RequestParameters",
                        "TimeoutInMillis",
                        "ResponseTransferMode"),
                "Path",
                "Method",
                "RestApiId");
        for (String property : List.of("RequestModel", "RequestParameters", "ResponseTransferMode")) {
            if (event.has(property)) {
                throw Fault.unsupported("AWS::Serverless::Function/Events/Api/" + property);
            }
        }
        String path = event.get("Path").asText();
        String method = event.get("Method").asText().toLowerCase(Locale.ROOT);
        JsonNode id = event.get("RestApiId");
        String apiId = id.isTextual() ? id.asText() : id.path("Ref").asText("");
        String suffix = "AllStages";
        if (event.state().resources().path(apiId) instanceof ObjectNode resource) {
            ObjectNode api = resource.withObjectProperty("Properties");
            JsonNode stage = api.path("StageName");
            suffix = stage.isTextual() ? stage.asText() : "Stage";
            if (api.path("__MANAGE_SWAGGER").asBoolean() && api.path("DefinitionBody") instanceof ObjectNode body) {
                integrate(event, new ApiDocument(body), api, path, method);
            }
        }
        return List.of(permission(event, path, method, suffix));
    }

    private static ResourceDraft permission(EventSource event, String path, String method, String suffix) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String verb = method.equals("any") ? "*" : method.toUpperCase(Locale.ROOT);
        String prefix = event.id() + "Permission";
        String id = Nodes.isAlphanumeric(suffix) ? prefix + suffix : LogicalIds.hashed(prefix, Nodes.text(suffix));
        ObjectNode variables = Nodes.object("__ApiId__", event.get("RestApiId")).put("__Stage__", "*");
        JsonNode arn = Nodes.sub(
                "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/" + verb
                        + ApiDocument.permissionPath(trimmed),
                variables);
        return event.permission(id, "apigateway.amazonaws.com", arn);
    }

    private static void integrate(EventSource event, ApiDocument document, ObjectNode api, String path, String method) {
        if (document.hasIntegration(path, method)) {
            throw SamErrors.resource(
                    event.target().logicalId(),
                    "Event with id [" + event.name() + "] is invalid. API method \"" + method
                            + "\" defined multiple times for path \"" + path + "\".");
        }
        document.addPath(path, method);
        String key = ApiDocument.method(method);
        String condition = event.target().condition().orElse("");
        ObjectNode uri = Nodes.sub("arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
                + event.target().shorthand() + "/invocations");
        for (JsonNode item : ApiDocument.contents(document.paths().get(path))) {
            ObjectNode definition = item.path(key) instanceof ObjectNode given ? given : Nodes.object();
            ObjectNode integration =
                    Nodes.object("type", Nodes.text("aws_proxy")).put("httpMethod", "POST");
            integration.set("uri", condition.isEmpty() ? uri : Nodes.conditional(condition, uri));
            definition.set(ApiDocument.INTEGRATION, integration);
            if (!definition.has("responses")) {
                definition.set("responses", Nodes.object());
            }
            ((ObjectNode) item).set(key, condition.isEmpty() ? definition : Nodes.conditional(condition, definition));
        }
        RestAuthorizers.onMethod(event, api, document, path, method);
        if (event.has("TimeoutInMillis")) {
            document.timeout(path, method, event.get("TimeoutInMillis"));
        }
    }
}
