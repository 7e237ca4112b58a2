package virga.services.apigatewayv2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.UnitOfWork;
import virga.kernel.Fault;
import virga.model.apigatewayv2.BadRequestException;

/** An API as an OpenAPI 3.0 document with API Gateway's extensions says it. Source: "Working with OpenAPI definitions for HTTP APIs". */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    /** @throws BadRequestException where {@code body} is no OpenAPI 3.0 document */
    static OpenApi parse(String body) {
        try {
            JsonNode document = JSON.readTree(body);
            if (document != null && document.path("openapi").asText("").startsWith("3.0")) {
                return new OpenApi(document);
            }
        } catch (JsonProcessingException notJson) {
            // The one answer for everything that is not a document.
        }
        throw new BadRequestException("Unable to parse API definition because of a malformed OpenAPI 3.0 document");
    }

    String title() {
        return document.path("info").path("title").asText("");
    }

    String description() {
        return document.path("info").path("description").asText("");
    }

    String version() {
        return document.path("info").path("version").asText("");
    }

    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode tag : document.path("tags")) {
            JsonNode value = tag.get("x-amazon-apigateway-tag-value");
            if (value != null) {
                tags.put(tag.path("name").asText(), value.asText());
            }
        }
        return tags;
    }

    Api.Cors cors() {
        JsonNode cors = document.path("x-amazon-apigateway-cors");
        return new Api.Cors(
                cors.path("allowCredentials").asBoolean(false),
                texts(cors.path("allowHeaders")),
                texts(cors.path("allowMethods")),
                texts(cors.path("allowOrigins")),
                texts(cors.path("exposeHeaders")),
                cors.path("maxAge").asInt(-1));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Writes the document's routes and integrations. */
    void write(String api, UnitOfWork work) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String name = method.getKey().toLowerCase(Locale.ROOT);
                    if (METHODS.contains(name) || name.equals("x-amazon-apigateway-any-method")) {
                        route(api, path.getKey(), name, method.getValue(), work);
                    }
                }));
    }

    private void route(String api, String path, String method, JsonNode operation, UnitOfWork work) {
        JsonNode said = operation.path("x-amazon-apigateway-integration");
        if (said.isMissingNode()) {
            return;
        }
        if (!operation.path("security").isEmpty()) {
            throw Fault.unsupported("AWS::ApiGatewayV2::Api/Body/paths/" + path + "/" + method + "/security");
        }
        Integration integration = Integrations.checked(new Integration(
                work.ids().alphanumeric(7),
                said.path("type").asText("").toUpperCase(Locale.ROOT),
                said.path("uri").asText(""),
                said.path("httpMethod").asText("POST"),
                said.path("payloadFormatVersion").asText("1.0"),
                said.path("timeoutInMillis").asInt(Integrations.LONGEST_MILLIS),
                ""));
        work.put(ApiKeys.INTEGRATION.key(api, integration.id()), integration, ApiKeys.INTEGRATION_ROW);
        boolean any = method.equals("x-amazon-apigateway-any-method");
        // SAM writes the path without a slash, an API that AWS exports with one.
        boolean catchAll = path.equals("$default") || path.equals("/$default");
        String key = catchAll ? "$default" : (any ? "ANY" : method.toUpperCase(Locale.ROOT)) + " " + path;
        Route route = new Route(
                work.ids().alphanumeric(7),
                key,
                "integrations/" + integration.id(),
                operation.path("operationId").asText(""));
        work.put(ApiKeys.ROUTE.key(api, route.id()), route, ApiKeys.ROUTE_ROW);
    }
}
