package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;

/** {@code Cors} of a REST API: an {@code options} method with a mock integration on every path. */
final class RestCors {
    private static final List<String> EVERY_METHOD =
            List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private RestCors() {}

    static void apply(ServerlessResource api, ObjectNode body) {
        JsonNode cors = api.get("Cors");
        boolean whole = cors.isObject() && !Nodes.isIntrinsic(cors);
        JsonNode origin = whole ? cors.path("AllowOrigin") : cors;
        if (whole && !Nodes.isGiven(origin)) {
            origin = Nodes.text("'*'");
        }
        for (String path : body.get("paths").properties().stream()
                .map(java.util.Map.Entry::getKey)
                .toList()) {
            for (JsonNode item : ApiDocument.contents(body.get("paths").get(path))) {
                if (item instanceof ObjectNode object && !object.has("options")) {
                    object.set("options", preflight(whole ? cors : Nodes.object(), origin, object));
                }
            }
        }
    }

    private static ObjectNode preflight(JsonNode cors, JsonNode origin, ObjectNode item) {
        ObjectNode parameters = Nodes.object();
        ObjectNode headers = Nodes.object();
        add(parameters, headers, "Headers", cors.path("AllowHeaders"), "string");
        JsonNode methods = cors.path("AllowMethods");
        add(parameters, headers, "Methods", methods.isMissingNode() ? Nodes.text(methodsOf(item)) : methods, "string");
        add(parameters, headers, "Origin", origin, "string");
        JsonNode age = cors.path("MaxAge");
        if (Nodes.isPresent(age)) {
            headers.set("Access-Control-Max-Age", Nodes.object("type", Nodes.text("integer")));
            parameters.set("method.response.header.Access-Control-Max-Age", age);
        }
        if (cors.path("AllowCredentials").asBoolean()) {
            add(parameters, headers, "Credentials", Nodes.text("'true'"), "string");
        }
        ObjectNode response = Nodes.object("statusCode", Nodes.text("200")).set("responseParameters", parameters);
        response.set("responseTemplates", Nodes.object("application/json", Nodes.text("{}\n")));
        ObjectNode integration = Nodes.object("type", Nodes.text("mock"));
        integration.set(
                "requestTemplates", Nodes.object("application/json", Nodes.text("{\n  \"statusCode\" : 200\n}\n")));
        integration.set("responses", Nodes.object("default", response));
        ObjectNode options = Nodes.object("summary", Nodes.text("CORS support"));
        options.set("consumes", Nodes.texts("application/json"));
        options.set("produces", Nodes.texts("application/json"));
        options.set(ApiDocument.INTEGRATION, integration);
        ObjectNode answer = Nodes.object("description", Nodes.text("Default response for CORS method"))
                .set("headers", headers);
        return options.set("responses", Nodes.object("200", answer));
    }

    private static void add(ObjectNode parameters, ObjectNode headers, String name, JsonNode value, String type) {
        if (Nodes.isGiven(value)) {
            headers.set("Access-Control-Allow-" + name, Nodes.object("type", Nodes.text(type)));
            parameters.set("method.response.header.Access-Control-Allow-" + name, value);
        }
    }

    private static String methodsOf(ObjectNode item) {
        TreeSet<String> names = new TreeSet<>();
        item.fieldNames().forEachRemaining(name -> names.add(name.toUpperCase(java.util.Locale.ROOT)));
        if (item.has(ApiDocument.ANY)) {
            return "'" + String.join(",", EVERY_METHOD) + "'";
        }
        names.add("OPTIONS");
        return "'" + String.join(",", names) + "'";
    }
}
