package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The small resource types: {@code SimpleTable}, {@code LayerVersion}, {@code Application}. */
final class DataTransforms {
    private DataTransforms() {}

    static List<ResourceDraft> simpleTable(ServerlessResource table) {
        table.allow(Set.of(
                "PointInTimeRecoverySpecification",
                "PrimaryKey",
                "ProvisionedThroughput",
                "TableName",
                "Tags",
                "SSESpecification"));
        JsonNode key = table.get("PrimaryKey");
        JsonNode name = Nodes.text("id");
        String type = "S";
        if (Nodes.isGiven(key)) {
            for (String required : List.of("Name", "Type")) {
                if (!Nodes.isPresent(key.path(required))) {
                    throw SamErrors.resource(table.logicalId(), "Property 'PrimaryKey." + required + "' is required.");
                }
            }
            name = key.get("Name");
            type = switch (key.get("Type").asText()) {
                case "String" -> "S";
                case "Number" -> "N";
                case "Binary" -> "B";
                default ->
                    throw SamErrors.resource(
                            table.logicalId(),
                            "Invalid 'Type' \"" + key.get("Type").asText() + "\".");
            };
        }
        ResourceDraft draft = new ResourceDraft(table.logicalId(), "AWS::DynamoDB::Table", table.attributes())
                .put(
                        "AttributeDefinitions",
                        Nodes.array(Nodes.object("AttributeName", name).put("AttributeType", type)))
                .put(
                        "KeySchema",
                        Nodes.array(Nodes.object("AttributeName", name).put("KeyType", "HASH")));
        if (table.has("ProvisionedThroughput")) {
            draft.put("ProvisionedThroughput", table.get("ProvisionedThroughput"));
        } else {
            draft.put("BillingMode", "PAY_PER_REQUEST");
        }
        for (String property : List.of("PointInTimeRecoverySpecification", "SSESpecification", "TableName")) {
            if (table.has(property)) {
                draft.put(property, table.get(property));
            }
        }
        return List.of(table.has("Tags") ? draft.put("Tags", Nodes.tags(table.get("Tags"))) : draft);
    }

    static List<ResourceDraft> layerVersion(TransformState state, ServerlessResource layer) {
        layer.allow(Set.of(
                "LayerName",
                "Description",
                "PublishLambdaVersion",
                "ContentUri",
                "CompatibleArchitectures",
                "CompatibleRuntimes",
                "LicenseInfo",
                "RetentionPolicy"));
        layer.require("ContentUri");
        for (String property : List.of("LayerName", "LicenseInfo", "Description", "RetentionPolicy")) {
            if (layer.has(property)) {
                layer.properties().set(property, state.parameters().resolve(layer.get(property)));
            }
        }
        ObjectNode attributes = layer.passedAttributes();
        JsonNode policy = layer.get("RetentionPolicy");
        if (Nodes.isPresent(policy)) {
            attributes.put("DeletionPolicy", retention(layer, policy));
        } else if (!attributes.has("DeletionPolicy")) {
            attributes.put("DeletionPolicy", "Retain");
        }
        String id = LogicalIds.hashed(layer.logicalId(), hashed(layer));
        state.renamed().put(layer.logicalId(), id);
        JsonNode name = layer.get("LayerName");
        JsonNode depends = layer.attributes().path("DependsOn");
        ResourceDraft draft = new ResourceDraft(id, "AWS::Lambda::LayerVersion", attributes)
                .put("LayerName", Nodes.isGiven(name) ? name : Nodes.text(layer.logicalId()))
                .put("Description", layer.get("Description"))
                .put("Content", ContentLocation.code(layer.get("ContentUri"), id, "ContentUri"))
                .put("CompatibleArchitectures", layer.get("CompatibleArchitectures"))
                .put("CompatibleRuntimes", layer.get("CompatibleRuntimes"))
                .put("LicenseInfo", layer.get("LicenseInfo"));
        return List.of(depends.isMissingNode() ? draft : draft.attribute("DependsOn", depends));
    }

    private static String retention(ServerlessResource layer, JsonNode policy) {
        String options = "['Retain', 'Delete']";
        if (Nodes.isIntrinsic(policy)) {
            throw SamErrors.resource(
                    layer.logicalId(),
                    "'RetentionPolicy' does not accept intrinsic functions, please use one of the following options: "
                            + options);
        }
        return switch (policy.asText().toLowerCase(java.util.Locale.ROOT)) {
            case "retain" -> "Retain";
            case "delete" -> "Delete";
            default ->
                throw SamErrors.resource(
                        layer.logicalId(), "'RetentionPolicy' must be one of the following options: " + options + ".");
        };
    }

    /** What a layer's id stands for: the declaration itself, without what does not change the layer. */
    private static ObjectNode hashed(ServerlessResource layer) {
        ObjectNode whole = layer.attributes();
        whole.remove(List.of("DeletionPolicy", "UpdateReplacePolicy", "Metadata"));
        whole.put("Type", layer.type());
        whole.set("Properties", layer.properties().deepCopy());
        return Nodes.object(layer.logicalId(), whole);
    }

    static List<ResourceDraft> application(ServerlessResource application) {
        application.allow(
                Set.of("Location", "TemplateUrl", "Parameters", "NotificationARNs", "Tags", "TimeoutInMinutes"));
        application.require("Location");
        if (!application.get("Location").isTextual()) {
            throw virga.kernel.Fault.unsupported("AWS::Serverless::Application/Location/ApplicationId");
        }
        return List.of(
                new ResourceDraft(application.logicalId(), "AWS::CloudFormation::Stack", application.attributes())
                        .put("TemplateURL", application.get("Location"))
                        .put("Parameters", application.get("Parameters"))
                        .put("NotificationARNs", application.get("NotificationARNs"))
                        .put("TimeoutInMinutes", application.get("TimeoutInMinutes"))
                        .put("Tags", Nodes.samTags(application.get("Tags"))));
    }
}
