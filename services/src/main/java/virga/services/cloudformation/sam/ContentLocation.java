package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where code, layers and definitions lie in S3: {@code s3://bucket/key?versionId=v} or an object with Bucket and Key. */
final class ContentLocation {
    private static final Pattern S3 = Pattern.compile("s3://([^/?#]+)/+([^?#]+)(?:\\?(.*))?");

    private ContentLocation() {}

    /** As Lambda wants it: S3Bucket, S3Key, S3ObjectVersion. */
    static ObjectNode code(JsonNode location, String logicalId, String property) {
        return parts(location, logicalId, property, "S3Bucket", "S3Key", "S3ObjectVersion");
    }

    /** As API Gateway and Step Functions want it: Bucket, Key, Version. */
    static ObjectNode definition(JsonNode location, String logicalId, String property) {
        return parts(location, logicalId, property, "Bucket", "Key", "Version");
    }

    private static ObjectNode parts(
            JsonNode location, String logicalId, String property, String bucket, String key, String version) {
        if (location.isObject()) {
            if (!Nodes.isGiven(location.path("Bucket")) || !Nodes.isGiven(location.path("Key"))) {
                throw SamErrors.resource(
                        logicalId, "'" + property + "' requires Bucket and Key properties to be specified.");
            }
            ObjectNode parts = Nodes.object(bucket, location.get("Bucket")).set(key, location.get("Key"));
            return location.has("Version") ? parts.set(version, location.get("Version")) : parts;
        }
        if (!location.isTextual()) {
            throw SamErrors.resource(logicalId, "'" + property + "' must be of type dict or string.");
        }
        Matcher matcher = S3.matcher(location.asText());
        if (!matcher.matches()) {
            throw SamErrors.resource(
                    logicalId,
                    "'" + property
                            + "' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.");
        }
        ObjectNode parts = Nodes.object(bucket, Nodes.text(matcher.group(1))).put(key, matcher.group(2));
        String query = matcher.group(3);
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith("versionId=")) {
                    parts.put(version, pair.substring(10));
                }
            }
        }
        return parts;
    }
}
