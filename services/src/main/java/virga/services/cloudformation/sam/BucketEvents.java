package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code S3}: the bucket of the same template notifies the function, and is made after the permission to do so. */
final class BucketEvents {
    private BucketEvents() {}

    static List<ResourceDraft> drafts(EventSource event) {
        event.check(Set.of("Bucket", "Events", "Filter"), "Bucket", "Events");
        String bucketId = event.get("Bucket").path("Ref").asText("");
        if (!(event.state().resources().path(bucketId) instanceof ObjectNode bucket)) {
            throw SamErrors.resource(
                    event.target().logicalId(),
                    "Event with id [" + event.name()
                            + "] is invalid. S3 events must reference an S3 bucket in the same template.");
        }
        ResourceDraft permission = event.permission("s3.amazonaws.com", Nodes.missing());
        permission.put("SourceAccount", Nodes.ref("AWS::AccountId"));
        ObjectNode properties = bucket.withObjectProperty("Properties");
        event.target()
                .condition()
                .ifPresentOrElse(
                        condition -> dependByTag(properties, permission.logicalId(), condition),
                        () -> depend(bucket, permission.logicalId()));
        notify(event, properties);
        event.state().resultResources().set(bucketId, bucket.deepCopy());
        return List.of(permission);
    }

    private static void depend(ObjectNode bucket, String permissionId) {
        JsonNode depends = bucket.path("DependsOn");
        ArrayNode all = depends instanceof ArrayNode array ? array : Nodes.array();
        if (depends.isTextual()) {
            all.add(depends);
        }
        if (all.valueStream().noneMatch(name -> name.asText().equals(permissionId))) {
            all.add(permissionId);
        }
        bucket.set("DependsOn", all);
    }

    /** DependsOn cannot be conditional; a tag whose value refers to the permission can. */
    private static void dependByTag(ObjectNode properties, String permissionId, String condition) {
        JsonNode value = Nodes.conditional(condition, Nodes.ref(permissionId), Nodes.text("no dependency"));
        ArrayNode tags = properties.path("Tags") instanceof ArrayNode array ? array : Nodes.array();
        tags.addAll(Nodes.tags(Nodes.object("sam:ConditionalDependsOn:" + permissionId, value)));
        properties.set("Tags", tags);
    }

    private static void notify(EventSource event, ObjectNode properties) {
        ObjectNode configuration = properties.withObjectProperty("NotificationConfiguration");
        ArrayNode lambdas = configuration.withArrayProperty("LambdaConfigurations");
        JsonNode types = event.get("Events");
        for (JsonNode type : types.isArray() ? types : Nodes.array(types)) {
            ObjectNode notification = Nodes.object("Function", event.target().arn());
            if (Nodes.isPresent(event.get("Filter"))) {
                notification.set("Filter", event.get("Filter"));
            }
            notification.set("Event", type);
            JsonNode entry = event.target()
                    .condition()
                    .<JsonNode>map(condition -> Nodes.conditional(condition, notification))
                    .orElse(notification);
            if (lambdas.valueStream().noneMatch(entry::equals)) {
                lambdas.add(entry);
            }
        }
    }
}
