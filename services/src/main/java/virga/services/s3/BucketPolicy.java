package virga.services.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import virga.kernel.Fault;

/** A bucket's policy as S3 checks it when it is put. Source: "Policies and permissions in Amazon S3", Amazon S3 User Guide. */
record BucketPolicy(List<JsonNode> statements) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws Fault {@code MalformedPolicy} */
    static BucketPolicy parse(String document, S3Bucket bucket) {
        JsonNode policy;
        try {
            policy = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        if (!policy.isObject()) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        BucketPolicy parsed = new BucketPolicy(each(policy.path("Statement")));
        if (parsed.statements().isEmpty()) {
            throw malformed("Missing required field Statement");
        }
        for (JsonNode statement : parsed.statements()) {
            check(statement, bucket);
        }
        return parsed;
    }

    private static void check(JsonNode statement, S3Bucket bucket) {
        if (!statement.path("Effect").asText().matches("Allow|Deny")) {
            throw malformed("Invalid effect: " + statement.path("Effect").asText());
        } else if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
            throw malformed("Missing required field Principal");
        } else if (!statement.has("Action") && !statement.has("NotAction")) {
            throw malformed("Missing required field Action");
        } else if (!statement.has("Resource") && !statement.has("NotResource")) {
            throw malformed("Missing required field Resource");
        }
        for (JsonNode resource : each(statement.path("Resource"))) {
            String text = resource.asText();
            if (!text.equals(bucket.arn()) && !text.startsWith(bucket.arn() + "/") && !text.contains("*")) {
                throw malformed("Policy has invalid resource");
            }
        }
    }

    /** Whether one of the statements is open to the public: the policy then counts as public as a whole. */
    boolean isPublic() {
        return statements.stream().anyMatch(PublicStatement::test);
    }

    static List<JsonNode> each(JsonNode oneOrMany) {
        List<JsonNode> all = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(all::add);
        } else if (!oneOrMany.isMissingNode()) {
            all.add(oneOrMany);
        }
        return all;
    }

    private static Fault malformed(String message) {
        return new Fault("MalformedPolicy", 400, message);
    }
}
