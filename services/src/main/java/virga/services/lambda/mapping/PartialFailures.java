package virga.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import virga.kernel.Bytes;

/**
 * Which items of a batch the function says it failed. An answer that names none means success; one that cannot be understood, or
 * names an item that was not in the batch, means that all failed. Source: "Success and failure conditions", AWS Lambda Developer Guide.
 */
record PartialFailures(Set<String> identifiers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PartialFailures parse(Bytes answer, List<String> batch) {
        JsonNode root;
        try {
            root = JSON.readTree(answer.utf8());
        } catch (JsonProcessingException e) {
            return all(batch);
        }
        JsonNode failures = root == null ? null : root.get("batchItemFailures");
        if (root == null || root.isNull() || failures == null || failures.isNull()) {
            return new PartialFailures(Set.of());
        }
        if (!failures.isArray()) {
            return all(batch);
        }
        Set<String> failed = new LinkedHashSet<>();
        for (JsonNode failure : failures) {
            String id = failure.path("itemIdentifier").asText("");
            if (!batch.contains(id)) {
                return all(batch);
            }
            failed.add(id);
        }
        return new PartialFailures(failed);
    }

    private static PartialFailures all(List<String> batch) {
        return new PartialFailures(new LinkedHashSet<>(batch));
    }
}
