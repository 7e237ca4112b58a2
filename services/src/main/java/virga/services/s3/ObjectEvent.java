package virga.services.s3;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What became of an object, and how it is told. Source: "Event message structure" and "EventBridge event message structure", Amazon S3
 * User Guide.
 *
 * @param event without its {@code s3:}, as in {@code ObjectCreated:Put}
 * @param eTag empty where the object is gone
 * @param sequencer tells the order of events about one key
 * @param reason the operation, as EventBridge's event names it
 */
record ObjectEvent(
        String event,
        String key,
        long size,
        String eTag,
        String versionId,
        String sequencer,
        String reason,
        String principal,
        String sourceIp,
        String requestId,
        Instant at) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The message that functions, queues and topics get. */
    String record(S3Bucket bucket, String configurationId) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode record = root.putArray("Records").addObject();
        record.put("eventVersion", "2.1");
        record.put("eventSource", "aws:s3");
        record.put("awsRegion", bucket.region());
        record.put("eventTime", MILLIS.format(at));
        record.put("eventName", event);
        record.putObject("userIdentity").put("principalId", principal);
        record.putObject("requestParameters").put("sourceIPAddress", sourceIp);
        record.putObject("responseElements")
                .put("x-amz-request-id", requestId)
                .put("x-amz-id-2", Owners.canonicalId(requestId));
        ObjectNode s3 = record.putObject("s3");
        s3.put("s3SchemaVersion", "1.0").put("configurationId", configurationId);
        ObjectNode named = s3.putObject("bucket").put("name", bucket.name());
        named.putObject("ownerIdentity").put("principalId", Owners.canonicalId(bucket.account()));
        named.put("arn", bucket.arn());
        ObjectNode object = s3.putObject("object")
                .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
        if (!eTag.isEmpty()) {
            object.put("size", size).put("eTag", eTag);
        }
        if (!versionId.isEmpty()) {
            object.put("versionId", versionId);
        }
        object.put("sequencer", sequencer);
        return root.toString();
    }

    String detailType() {
        return event.startsWith("ObjectCreated") ? "Object Created" : "Object Deleted";
    }

    /** The detail of EventBridge's event. */
    String detail(S3Bucket bucket) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("version", "0");
        detail.putObject("bucket").put("name", bucket.name());
        ObjectNode object = detail.putObject("object").put("key", key);
        if (!eTag.isEmpty()) {
            object.put("size", size).put("etag", eTag);
        }
        if (!versionId.isEmpty()) {
            object.put("version-id", versionId);
        }
        object.put("sequencer", sequencer);
        detail.put("request-id", requestId);
        detail.put("requester", bucket.account());
        if (!sourceIp.isEmpty()) {
            detail.put("source-ip-address", sourceIp);
        }
        detail.put("reason", reason);
        if (!event.startsWith("ObjectCreated")) {
            detail.put("deletion-type", event.endsWith("Created") ? "Delete Marker Created" : "Permanently Deleted");
        }
        return detail.toString();
    }
}
