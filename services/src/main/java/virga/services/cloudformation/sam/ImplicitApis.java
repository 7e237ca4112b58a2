package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** APIs that exist because events ask for them: one of each kind a template, made from the events that name no API of their own. */
final class ImplicitApis {
    /** What differs between HTTP and REST APIs. */
    enum Kind {
        HTTP("ServerlessHttpApi", "HttpApi", "ApiId"),
        REST("ServerlessRestApi", "Api", "RestApiId");

        private final String logicalId;
        private final String eventType;
        private final String idProperty;

        Kind(String logicalId, String eventType, String idProperty) {
            this.logicalId = logicalId;
            this.eventType = eventType;
            this.idProperty = idProperty;
        }

        private String type() {
            return "AWS::Serverless::" + eventType;
        }

        private ObjectNode skeleton() {
            return this == HTTP ? ApiDocument.openApiSkeleton() : ApiDocument.swaggerSkeleton();
        }

        private boolean isValid(JsonNode body) {
            return this == HTTP ? ApiDocument.isOpenApi(body) : ApiDocument.isSwagger(body);
        }
    }

    private final Kind kind;
    private final ObjectNode template;
    private final ObjectNode resources;
    /** The condition (or none) of each method of each path of each API. */
    private final Map<String, Map<String, Map<String, Optional<String>>>> conditions = new LinkedHashMap<>();

    private final Map<String, List<String>> policies = new LinkedHashMap<>();

    private ImplicitApis(Kind kind, ObjectNode template) {
        this.kind = kind;
        this.template = template;
        this.resources = (ObjectNode) template.get("Resources");
    }

    /** Gives APIs without a definition an empty one that the transform fills. */
    static void addSkeletons(ObjectNode template) {
        template.get("Resources").forEach(resource -> {
            for (Kind kind : Kind.values()) {
                if (resource.path("Type").asText("").equals(kind.type())) {
                    ObjectNode properties = ((ObjectNode) resource).withObjectProperty("Properties");
                    if (!Nodes.isGiven(properties.path("DefinitionBody"))
                            && !Nodes.isGiven(properties.path("DefinitionUri"))) {
                        properties.set("DefinitionBody", kind.skeleton());
                        properties.put("__MANAGE_SWAGGER", true);
                    }
                }
            }
        });
    }

    static void apply(Kind kind, ObjectNode template) {
        new ImplicitApis(kind, template).run();
    }

    private void run() {
        JsonNode existing = resources.path(kind.logicalId);
        ObjectNode properties = Nodes.object("DefinitionBody", kind.skeleton()).put("__MANAGE_SWAGGER", true);
        if (kind == Kind.REST) {
            properties.put("StageName", "Prod");
        }
        resources.set(
                kind.logicalId, Nodes.object("Type", Nodes.text(kind.type())).set("Properties", properties));
        List<Map.Entry<String, JsonNode>> callers = new ArrayList<>(resources.properties());
        for (Map.Entry<String, JsonNode> caller : callers) {
            String type = caller.getValue().path("Type").asText("");
            if (type.equals("AWS::Serverless::Function") || type.equals("AWS::Serverless::StateMachine")) {
                events(caller.getKey(), caller.getValue());
            }
        }
        conditionOnApi();
        policyOnApi("DeletionPolicy", List.of("Retain", "Delete"));
        policyOnApi("UpdateReplacePolicy", List.of("Retain", "Snapshot", "Delete"));
        conditionsOnPaths();
        if (properties.get("DefinitionBody").get("paths").isEmpty()) {
            if (existing.isMissingNode()) {
                resources.remove(kind.logicalId);
            } else {
                resources.set(kind.logicalId, existing);
            }
        }
    }

    private void events(String callerId, JsonNode caller) {
        for (Map.Entry<String, JsonNode> event :
                caller.path("Properties").path("Events").properties()) {
            if (!event.getValue().path("Type").asText("").equals(kind.eventType)) {
                continue;
            }
            if (kind == Kind.REST && !Nodes.isGiven(event.getValue().path("Properties"))) {
                continue;
            }
            try {
                event(event.getKey(), ((ObjectNode) event.getValue()).withObjectProperty("Properties"), caller);
            } catch (virga.kernel.Fault invalid) {
                throw SamErrors.document(List.of(SamErrors.resource(callerId, invalid.getMessage())));
            }
        }
    }

    private void event(String eventId, ObjectNode properties, JsonNode caller) {
        if (!properties.has(kind.idProperty)) {
            passTags(caller);
            properties.set(kind.idProperty, Nodes.ref(kind.logicalId));
        }
        if (kind == Kind.HTTP && !Nodes.isGiven(properties.path("Path")) && !Nodes.isGiven(properties.path("Method"))) {
            properties.put("Path", "$default").put("Method", ApiDocument.ANY);
        }
        JsonNode apiNode = properties.get(kind.idProperty);
        JsonNode apiId = apiNode.has("Ref") ? apiNode.get("Ref") : apiNode;
        for (String name : List.of("Path", "Method")) {
            if (!properties.path(name).isTextual()) {
                throw SamErrors.event(
                        eventId,
                        properties.path(name).isMissingNode()
                                ? "Property '" + name + "' is required."
                                : "Property '" + name + "' should be a string.");
            }
        }
        String path = properties.get("Path").asText();
        String method = properties.get("Method").asText();
        if (!apiId.isTextual() || !isApi(resources.path(apiId.asText()))) {
            throw SamErrors.event(
                    eventId,
                    kind.idProperty + " must be a valid reference to an '" + kind.type()
                            + "' resource in same template.");
        }
        remember(apiId.asText(), path, method, caller);
        ObjectNode api = ((ObjectNode) resources.get(apiId.asText())).withObjectProperty("Properties");
        if (kind.isValid(api.path("DefinitionBody"))
                && api.path("__MANAGE_SWAGGER").asBoolean()) {
            new ApiDocument((ObjectNode) api.get("DefinitionBody")).addPath(path, method);
        }
        if (properties.has("RouteSettings")) {
            routeSettings(api, path, method, properties.get("RouteSettings"), caller);
        }
    }

    /** A REST event may name anything but an HTTP API; AWS lets it be. */
    private boolean isApi(JsonNode resource) {
        String type = resource.path("Type").asText("");
        return !type.isEmpty() && (type.equals(kind.type()) || !type.equals(Kind.HTTP.type()));
    }

    private void passTags(JsonNode caller) {
        JsonNode globals =
                template.path("Globals").path(caller.path("Type").asText("").replace("AWS::Serverless::", ""));
        JsonNode own = caller.path("Properties");
        JsonNode tags = Nodes.isGiven(own.path("Tags")) ? own.get("Tags") : globals.path("Tags");
        boolean propagate = Nodes.isGiven(own.path("PropagateTags")) || Nodes.isGiven(globals.path("PropagateTags"));
        if (Nodes.isGiven(tags) && propagate) {
            ObjectNode api = (ObjectNode) resources.get(kind.logicalId).get("Properties");
            api.withObjectProperty("Tags").setAll((ObjectNode) tags.deepCopy());
            api.put("PropagateTags", true);
        }
    }

    private void remember(String apiId, String path, String method, JsonNode caller) {
        conditions
                .computeIfAbsent(apiId, id -> new LinkedHashMap<>())
                .computeIfAbsent(path, id -> new LinkedHashMap<>())
                .put(method, Optional.ofNullable(caller.get("Condition")).map(JsonNode::asText));
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (caller.has(policy)) {
                policies.computeIfAbsent(apiId + policy, id -> new ArrayList<>())
                        .add(caller.get(policy).asText());
            }
        }
    }

    private static void routeSettings(ObjectNode api, String path, String method, JsonNode settings, JsonNode caller) {
        String route = method.equals(ApiDocument.ANY) ? path : method.toUpperCase(java.util.Locale.ROOT) + " " + path;
        ObjectNode merged = api.withObjectProperty("RouteSettings").withObjectProperty(route);
        JsonNode own = caller.has("Condition")
                ? Nodes.conditional(caller.get("Condition").asText(), settings)
                : settings;
        merged.setAll((ObjectNode) own.deepCopy());
    }

    private void conditionOnApi() {
        List<Optional<String>> all = conditions.getOrDefault(kind.logicalId, Map.of()).values().stream()
                .flatMap(methods -> methods.values().stream())
                .toList();
        combined(all, kind.logicalId + "Condition")
                .ifPresent(name -> ((ObjectNode) resources.get(kind.logicalId)).put("Condition", name));
    }

    private void policyOnApi(String name, List<String> strongestFirst) {
        List<String> given = policies.getOrDefault(kind.logicalId + name, List.of());
        strongestFirst.stream()
                .filter(given::contains)
                .findFirst()
                .ifPresent(policy -> ((ObjectNode) resources.get(kind.logicalId)).put(name, policy));
    }

    private void conditionsOnPaths() {
        conditions.forEach((apiId, paths) -> {
            JsonNode api = resources.path(apiId).path("Properties");
            if (!api.path("__MANAGE_SWAGGER").asBoolean() || !(api.path("DefinitionBody") instanceof ObjectNode body)) {
                return;
            }
            ApiDocument document = new ApiDocument(body);
            paths.forEach((path, methods) -> {
                String name =
                        apiId + path.replace("/", "SLASH").replace("{", "OB").replace("}", "CB") + "PathCondition";
                combined(List.copyOf(methods.values()), name)
                        .ifPresent(condition -> document.makeConditional(path, condition));
            });
        });
    }

    /** The condition that holds where any of {@code all} does, added as {@code name} where they differ; none where one is unconditional. */
    private Optional<String> combined(List<Optional<String>> all, String name) {
        if (all.isEmpty() || all.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<String> distinct =
                new ArrayList<>(new TreeSet<>(all.stream().map(Optional::get).toList()));
        if (distinct.size() == 1) {
            return Optional.of(distinct.getFirst());
        }
        Conditions.any(template.withObjectProperty("Conditions"), name, distinct);
        return Optional.of(name);
    }

    /** Fn::Or takes ten conditions at most, so more are combined in steps. */
    static final class Conditions {
        private static final int MOST = 10;

        private Conditions() {}

        static void any(ObjectNode conditions, String name, List<String> names) {
            List<String> left = new ArrayList<>(names);
            int steps = (left.size() - 2) / (MOST - 1);
            while (left.size() > 1) {
                String step = steps > 0 ? name + steps : name;
                steps--;
                ArrayNode alternatives = Nodes.array();
                int taken = Math.min(MOST, left.size());
                left.subList(0, taken).forEach(one -> alternatives.add(Nodes.object("Condition", Nodes.text(one))));
                left = new ArrayList<>(left.subList(taken, left.size()));
                left.add(step);
                conditions.set(step, Nodes.object("Fn::Or", alternatives));
            }
        }
    }
}
