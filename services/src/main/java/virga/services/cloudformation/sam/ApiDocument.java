package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** An OpenAPI or Swagger document of a template that the transform edits in place. */
final class ApiDocument {
    static final String INTEGRATION = "x-amazon-apigateway-integration";
    static final String ANY = "x-amazon-apigateway-any-method";

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z0-9._-]+|proxy\\+)}");

    private final ObjectNode document;

    ApiDocument(ObjectNode document) {
        this.document = document;
    }

    /** The document of an HTTP API that has none. */
    static ObjectNode openApiSkeleton() {
        ObjectNode skeleton = Nodes.object("openapi", Nodes.text("3.0.1"));
        skeleton.set("info", Nodes.object("version", Nodes.text("1.0")).set("title", Nodes.ref("AWS::StackName")));
        return skeleton.set("paths", Nodes.object());
    }

    /** The document of a REST API that has none. */
    static ObjectNode swaggerSkeleton() {
        ObjectNode skeleton = Nodes.object("swagger", Nodes.text("2.0"));
        skeleton.set("info", Nodes.object("version", Nodes.text("1.0")).set("title", Nodes.ref("AWS::StackName")));
        return skeleton.set("paths", Nodes.object());
    }

    static boolean isOpenApi(JsonNode document) {
        return document.path("paths").isObject()
                && document.path("openapi").asText("").matches("3(\\.\\d)(\\.\\d)?");
    }

    static boolean isSwagger(JsonNode document) {
        return document.path("paths").isObject()
                && (document.path("swagger").asText("").equals("2.0") || isOpenApi(document));
    }

    static String method(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("any") ? ANY : lower;
    }

    /** A path as permissions name it: variables and greedy ones become {@code *}. */
    static String permissionPath(String path) {
        return VARIABLE.matcher(path).replaceAll("*");
    }

    ObjectNode document() {
        return document;
    }

    ObjectNode paths() {
        return (ObjectNode) document.get("paths");
    }

    /** What is in {@code item}: itself, or both branches where it is a conditional. */
    static List<JsonNode> contents(JsonNode item) {
        if (!item.has("Fn::If")) {
            return List.of(item);
        }
        List<JsonNode> branches = new ArrayList<>();
        JsonNode arguments = item.get("Fn::If");
        for (int i = 1; i < arguments.size(); i++) {
            if (!Nodes.isNoValue(arguments.get(i))) {
                branches.add(arguments.get(i));
            }
        }
        return branches;
    }

    void addPath(String path, String method) {
        ObjectNode item = paths().withObjectProperty(path);
        for (JsonNode content : contents(item)) {
            if (content instanceof ObjectNode object && !object.has(method(method))) {
                object.set(method(method), Nodes.object());
            }
        }
    }

    boolean hasIntegration(String path, String method) {
        JsonNode item = paths().path(path);
        if (item.isMissingNode()) {
            return false;
        }
        for (JsonNode content : contents(item)) {
            JsonNode definition = content.path(method(method));
            if (contents(definition).stream().noneMatch(one -> Nodes.isGiven(one.path(INTEGRATION)))) {
                return false;
            }
        }
        return true;
    }

    /** The definitions of a method that have an integration, in whatever conditional. */
    List<ObjectNode> definitions(String path, String method) {
        List<ObjectNode> found = new ArrayList<>();
        for (JsonNode content : contents(paths().path(path))) {
            for (JsonNode definition : contents(content.path(method(method)))) {
                if (definition instanceof ObjectNode object && Nodes.isGiven(object.path(INTEGRATION))) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    void makeConditional(String path, String condition) {
        paths().set(path, Nodes.conditional(condition, paths().get(path)));
    }

    void timeout(String path, String method, JsonNode milliseconds) {
        definitions(path, method)
                .forEach(definition -> ((ObjectNode) definition.get(INTEGRATION)).set("timeoutInMillis", milliseconds));
    }

    /** Where the security requirements of a method are added to those it has. */
    static void secure(ObjectNode definition, String authorizer, JsonNode scopes) {
        definition.withArrayProperty("security").add(Nodes.object(authorizer, scopes));
    }
}
