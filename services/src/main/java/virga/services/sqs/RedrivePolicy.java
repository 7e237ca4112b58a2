package virga.services.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import virga.kernel.Arn;
import virga.kernel.Fault;

/** Where messages go that were received too often. Source: "RedrivePolicy", SetQueueAttributes, Amazon SQS API Reference. */
record RedrivePolicy(String deadLetterTargetArn, int maxReceiveCount) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws Fault {@code InvalidParameterValue} in AWS's words */
    static RedrivePolicy parse(String text) {
        JsonNode policy;
        try {
            policy = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(text, "Redrive policy is not a valid JSON map.");
        }
        if (policy == null || !policy.isObject()) {
            throw invalid(text, "Redrive policy is not a valid JSON map.");
        }
        String target = policy.path("deadLetterTargetArn").asText("");
        if (target.isEmpty()) {
            throw invalid(text, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        }
        if (!policy.has("maxReceiveCount")) {
            throw invalid(text, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        }
        int count = policy.path("maxReceiveCount").asInt(0);
        if (count < 1 || count > 1000) {
            throw invalid(
                    text,
                    "Invalid value for maxReceiveCount: "
                            + policy.path("maxReceiveCount").asText()
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
        if (!Arn.isArn(target)) {
            throw invalid(text, "Invalid value for deadLetterTargetArn.");
        }
        return new RedrivePolicy(target, count);
    }

    private static Fault invalid(String text, String reason) {
        return new Fault(
                "InvalidParameterValue",
                400,
                "Value " + text + " for parameter RedrivePolicy is invalid. Reason: " + reason);
    }
}
