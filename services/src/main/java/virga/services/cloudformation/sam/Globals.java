package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Fault;

/** The section {@code Globals}: properties that every resource of a type has unless it says otherwise. */
final class Globals {
    private static final Map<String, List<String>> SUPPORTED = new TreeMap<>(Map.of(
            "Function",
            List.of(
                    "Handler",
                    "Runtime",
                    "CodeUri",
                    "DeadLetterQueue",
                    "Description",
                    "MemorySize",
                    "Timeout",
                    "VpcConfig",
                    "Environment",
                    "Tags",
                    "PropagateTags",
                    "Tracing",
                    "KmsKeyArn",
                    "AutoPublishAlias",
                    "AutoPublishAliasAllProperties",
                    "Layers",
                    "DeploymentPreference",
                    "RolePath",
                    "PermissionsBoundary",
                    "ReservedConcurrentExecutions",
                    "ProvisionedConcurrencyConfig",
                    "AssumeRolePolicyDocument",
                    "EventInvokeConfig",
                    "FileSystemConfigs",
                    "CodeSigningConfigArn",
                    "Architectures",
                    "SnapStart",
                    "EphemeralStorage",
                    "FunctionUrlConfig",
                    "RuntimeManagementConfig",
                    "LoggingConfig",
                    "RecursiveLoop",
                    "SourceKMSKeyArn",
                    "TenancyConfig",
                    "DurableConfig",
                    "CapacityProviderConfig",
                    "FunctionScalingConfig",
                    "PublishToLatestPublished",
                    "VersionDeletionPolicy"),
            "Api",
            List.of(
                    "Auth",
                    "Name",
                    "DefinitionUri",
                    "CacheClusterEnabled",
                    "CacheClusterSize",
                    "MergeDefinitions",
                    "Variables",
                    "EndpointConfiguration",
                    "MethodSettings",
                    "BinaryMediaTypes",
                    "MinimumCompressionSize",
                    "Cors",
                    "GatewayResponses",
                    "AccessLogSetting",
                    "CanarySetting",
                    "TracingEnabled",
                    "OpenApiVersion",
                    "Domain",
                    "AlwaysDeploy",
                    "PropagateTags",
                    "SecurityPolicy",
                    "EndpointAccessMode"),
            "HttpApi",
            List.of(
                    "Auth",
                    "AccessLogSettings",
                    "StageVariables",
                    "Tags",
                    "CorsConfiguration",
                    "DefaultRouteSettings",
                    "Domain",
                    "RouteSettings",
                    "FailOnWarnings",
                    "PropagateTags"),
            "SimpleTable",
            List.of("SSESpecification"),
            "StateMachine",
            List.of("PropagateTags"),
            "LayerVersion",
            List.of("PublishLambdaVersion")));

    private Globals() {}

    /** Merges the section into the resources and takes it out of the template. */
    static void apply(ObjectNode template) {
        JsonNode globals = template.path("Globals");
        if (globals.isMissingNode()) {
            return;
        }
        if (!globals.isObject()) {
            throw invalid("It must be a non-empty dictionary");
        }
        globals.properties().forEach(section -> check(section.getKey(), section.getValue()));
        template.get("Resources").properties().forEach(entry -> {
            if (!(entry.getValue() instanceof ObjectNode resource)) {
                return;
            }
            String type = resource.path("Type").asText("");
            if (type.startsWith("AWS::Serverless::") && globals.has(type.substring(17))) {
                JsonNode section =
                        withoutIgnored(entry.getKey(), globals.get(type.substring(17)), resource.path("IgnoreGlobals"));
                resource.set("Properties", merged(section, Nodes.copy(resource.path("Properties"))));
            }
            resource.remove("IgnoreGlobals");
        });
        template.remove("Globals");
    }

    private static void check(String name, JsonNode section) {
        List<String> supported = SUPPORTED.get(name);
        if (supported == null) {
            throw invalid("'" + name + "' is not supported. Must be one of the following values - "
                    + SUPPORTED.keySet().stream().map(text -> "'" + text + "'").toList());
        }
        if (!section.isObject()) {
            throw invalid("Value of ${section} must be a dictionary");
        }
        section.fieldNames().forEachRemaining(property -> {
            if (!supported.contains(property)) {
                throw invalid("'" + property + "' is not a supported property of '" + name
                        + "'. Must be one of the following values - "
                        + supported.stream().map(text -> "'" + text + "'").toList());
            }
        });
    }

    private static Fault invalid(String message) {
        return SamErrors.fault("'Globals' section is invalid. " + message);
    }

    private static JsonNode withoutIgnored(String logicalId, JsonNode section, JsonNode ignored) {
        if (ignored.isMissingNode()) {
            return section;
        }
        if (ignored.asText("").equals("*")) {
            return Nodes.object();
        }
        ObjectNode left = Nodes.copy(section);
        for (JsonNode name : ignored) {
            if (left.remove(name.asText()) == null) {
                throw SamErrors.resource(
                        logicalId,
                        "Resource " + logicalId + " has invalid resource attribute 'IgnoreGlobals' on item '"
                                + name.asText() + "'.");
            }
        }
        return left;
    }

    /** Objects merge, lists are joined with the global items first, anything else is the resource's own. */
    private static JsonNode merged(JsonNode global, JsonNode own) {
        if (global.isArray() && own.isArray()) {
            ArrayNode both = ((ArrayNode) global).deepCopy();
            return both.addAll((ArrayNode) own);
        }
        if (!global.isObject() || !own.isObject() || Nodes.isIntrinsic(global) || Nodes.isIntrinsic(own)) {
            return own;
        }
        ObjectNode both = Nodes.copy(global);
        own.properties()
                .forEach(field -> both.set(
                        field.getKey(),
                        both.has(field.getKey())
                                ? merged(both.get(field.getKey()), field.getValue())
                                : field.getValue()));
        return both;
    }
}
