package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The version and alias of a function with {@code AutoPublishAlias}: a new version, by its id, whenever the code changes. */
final class FunctionVersions {
    private final TransformState state;
    private final ServerlessResource function;
    private final ResourceDraft lambda;

    FunctionVersions(TransformState state, ServerlessResource function, ResourceDraft lambda) {
        this.state = state;
        this.function = function;
        this.lambda = lambda;
    }

    ResourceDraft version() {
        JsonNode sha = state.parameters().resolve(function.get("AutoPublishCodeSha256"));
        if (Nodes.isGiven(sha)) {
            describe(sha);
        }
        String prefix = function.logicalId() + "Version";
        String id = Nodes.isGiven(sha)
                ? prefix + sha.asText().substring(0, Math.min(10, sha.asText().length()))
                : LogicalIds.hashed(prefix, hashed());
        ObjectNode attributes = function.passedAttributes();
        if (!attributes.has("DeletionPolicy")) {
            JsonNode policy = function.get("VersionDeletionPolicy");
            attributes.set("DeletionPolicy", Nodes.isPresent(policy) ? policy : Nodes.text("Retain"));
        }
        return new ResourceDraft(id, "AWS::Lambda::Version", attributes)
                .put("FunctionName", lambda.ref())
                .put("Description", function.get("VersionDescription"));
    }

    /** CloudFormation sees changed code only where a property changes, so the hash goes into the description. */
    private void describe(JsonNode sha) {
        if (!sha.isTextual()) {
            throw SamErrors.resource(function.logicalId(), "AutoPublishCodeSha256 must be a string");
        }
        JsonNode description = state.parameters().resolve(function.get("Description"));
        if (!Nodes.isGiven(description)) {
            lambda.put("Description", sha);
        } else if (description.isTextual()) {
            lambda.put("Description", description.asText() + " " + sha.asText());
        } else {
            lambda.put(
                    "Description",
                    Nodes.object("Fn::Join", Nodes.array(Nodes.text(" "), Nodes.array(description, sha))));
        }
    }

    private JsonNode hashed() {
        if (function.has("AutoPublishAliasAllProperties")) {
            return allProperties();
        }
        ObjectNode data = Nodes.copy(state.parameters().resolve(lambda.property("Code")));
        if (function.get("Environment") instanceof ObjectNode environment) {
            data.setAll(environment.deepCopy());
        }
        if (function.has("MemorySize")) {
            data.set("MemorySize", function.get("MemorySize"));
        }
        JsonNode snapStart = function.get("SnapStart");
        if (!snapStart.path("ApplyOn").asText("None").equals("None")) {
            data.set("SnapStart", snapStart);
        }
        return data;
    }

    private JsonNode allProperties() {
        ObjectNode properties = lambda.properties().deepCopy();
        for (JsonNode layer : function.get("Layers")) {
            Nodes.logicalId(layer).ifPresent(id -> {
                JsonNode layerProperties = state.resultResources().path(id).path("Properties");
                if (Nodes.isGiven(layerProperties.path("PublishLambdaVersion"))) {
                    properties.set(id, layerProperties);
                }
            });
        }
        return properties;
    }

    ResourceDraft alias(ResourceDraft version) {
        JsonNode name = state.parameters().resolve(function.get("AutoPublishAlias"));
        if (!name.isTextual()) {
            throw SamErrors.resource(
                    function.logicalId(), "'AutoPublishAlias' must be a string or a Ref to a template parameter");
        }
        if (!name.asText().matches("(?!^[0-9]+$)([a-zA-Z0-9\\-_]+)")) {
            throw SamErrors.resource(
                    function.logicalId(),
                    "AutoPublishAlias name ('" + name.asText()
                            + "') must contain only alphanumeric characters, hyphens, or"
                            + " underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.");
        }
        String id =
                lambda.logicalId() + "Alias" + name.asText().replace("-", "D").replace("_", "U");
        ResourceDraft alias = new ResourceDraft(id, "AWS::Lambda::Alias", function.passedAttributes())
                .put("Name", name)
                .put("FunctionName", lambda.ref())
                .put("FunctionVersion", Nodes.getAtt(version.logicalId(), "Version"));
        if (function.has("ProvisionedConcurrencyConfig")) {
            alias.put("ProvisionedConcurrencyConfig", function.get("ProvisionedConcurrencyConfig"));
        }
        return alias;
    }
}
