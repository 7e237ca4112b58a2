package virga.services.sts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import virga.cloud.authorize.PolicyGrammar;
import virga.cloud.authorize.PolicyKind;
import virga.kernel.Bug;
import virga.kernel.Fault;
import virga.model.sts.AssumeRoleRequest;
import virga.model.sts.MalformedPolicyDocumentException;
import virga.model.sts.PackedPolicyTooLargeException;
import virga.model.sts.PolicyDescriptorType;

/**
 * What limits one session, as one document: together the session policies allow what any of them allows.
 *
 * <p>Source: "Session policies", AWS IAM User Guide.
 *
 * @param document JSON, or empty where nothing limits it
 * @param size how many characters were passed
 */
record SessionPolicy(String document, int size) {
    private static final int MOST_CHARACTERS = 2048;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param account whose managed policies may be named */
    static SessionPolicy of(AssumeRoleRequest input, String account, IamQuestions iam) {
        List<String> documents = new ArrayList<>();
        int size = 0;
        if (input.policy().isPresent()) {
            String document = input.policy().get();
            check(document);
            documents.add(document);
            size += document.length();
        }
        for (PolicyDescriptorType descriptor : input.policyArns()) {
            String arn = descriptor.arn().orElse("");
            documents.add(iam.policy(account, arn)
                    .orElseThrow(() -> new MalformedPolicyDocumentException(
                            "Policy " + arn + " does not exist or is not attachable.")));
            size += arn.length();
        }
        if (size > MOST_CHARACTERS) {
            throw new PackedPolicyTooLargeException("Packed size of session policies exceeds the limit");
        }
        return new SessionPolicy(documents.isEmpty() ? "" : together(documents), size);
    }

    boolean isEmpty() {
        return document.isEmpty();
    }

    /** How much of the room for session policies is used. */
    int packedPercent() {
        return Math.max(1, size * 100 / MOST_CHARACTERS);
    }

    private static void check(String document) {
        try {
            PolicyGrammar.check(PolicyKind.SESSION, document);
        } catch (Fault fault) {
            throw new MalformedPolicyDocumentException(fault.getMessage());
        }
    }

    private static String together(List<String> documents) {
        ObjectNode all = JSON.createObjectNode();
        all.put("Version", "2012-10-17");
        ArrayNode statements = all.putArray("Statement");
        for (String document : documents) {
            JsonNode statement = read(document).get("Statement");
            if (statement.isArray()) {
                statement.forEach(statements::add);
            } else {
                statements.add(statement);
            }
        }
        return all.toString();
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new Bug("a checked policy is not JSON", e);
        }
    }
}
