package virga.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.model.Member;
import virga.model.Structure;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.StreamRecord;

/** Writes stream records as functions receive them. Source: "Example DynamoDB event", AWS Lambda Developer Guide. */
final class StreamRecords {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StreamRecords() {}

    static ObjectNode json(Mapping mapping, Record record) {
        ObjectNode event = JSON.objectNode();
        event.put("eventID", record.eventID().orElse(""));
        event.put("eventName", record.eventName().orElse(""));
        event.put("eventVersion", record.eventVersion().orElse("1.1"));
        event.put("eventSource", "aws:dynamodb");
        event.put("awsRegion", Arn.parse(mapping.source().arn()).region());
        StreamRecord change = record.dynamodb().orElseThrow();
        ObjectNode shown = event.putObject("dynamodb");
        change.approximateCreationDateTime()
                .ifPresent(time -> shown.put("ApproximateCreationDateTime", time.getEpochSecond()));
        shown.set("Keys", image(change.keys()));
        if (change.hasNewImage()) {
            shown.set("NewImage", image(change.newImage()));
        }
        if (change.hasOldImage()) {
            shown.set("OldImage", image(change.oldImage()));
        }
        change.sequenceNumber().ifPresent(number -> shown.put("SequenceNumber", number));
        change.sizeBytes().ifPresent(size -> shown.put("SizeBytes", size));
        change.streamViewType().ifPresent(type -> shown.put("StreamViewType", type));
        record.userIdentity().ifPresent(identity -> {
            ObjectNode user = event.putObject("userIdentity");
            identity.principalId().ifPresent(id -> user.put("principalId", id));
            identity.type().ifPresent(type -> user.put("type", type));
        });
        event.put("eventSourceARN", mapping.source().arn());
        return event;
    }

    private static ObjectNode image(Map<String, ? extends Structure> attributes) {
        ObjectNode image = JSON.objectNode();
        attributes.forEach((name, value) -> image.set(name, json(value)));
        return image;
    }

    private static JsonNode json(Object value) {
        return switch (value) {
            case String text -> JSON.textNode(text);
            case Boolean flag -> JSON.booleanNode(flag);
            case Bytes bytes -> JSON.textNode(bytes.base64());
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((name, element) -> object.set((String) name, json(element)));
                yield object;
            }
            case Structure attribute -> {
                ObjectNode object = JSON.objectNode();
                for (Member member : attribute.schema().members()) {
                    if (attribute.has(member)) {
                        object.set(member.name(), json(attribute.valueOf(member)));
                    }
                }
                yield object;
            }
            default -> throw new Bug("not an attribute value: " + value);
        };
    }
}
