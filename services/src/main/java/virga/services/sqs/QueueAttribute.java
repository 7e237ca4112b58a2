package virga.services.sqs;

import java.util.Map;
import java.util.Optional;
import virga.cloud.authorize.PolicyGrammar;
import virga.cloud.authorize.PolicyKind;
import virga.kernel.Fault;

/** The attributes that a user may set on a standard queue, with their bounds. Source: SetQueueAttributes, Amazon SQS API Reference. */
enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", "0", 0, 900),
    MAXIMUM_MESSAGE_SIZE("MaximumMessageSize", "1048576", 1024, 1_048_576),
    MESSAGE_RETENTION_PERIOD("MessageRetentionPeriod", "345600", 60, 1_209_600),
    RECEIVE_MESSAGE_WAIT_TIME_SECONDS("ReceiveMessageWaitTimeSeconds", "0", 0, 20),
    VISIBILITY_TIMEOUT("VisibilityTimeout", "30", 0, 43_200),
    POLICY("Policy", ""),
    REDRIVE_POLICY("RedrivePolicy", ""),
    REDRIVE_ALLOW_POLICY("RedriveAllowPolicy", ""),
    SQS_MANAGED_SSE_ENABLED("SqsManagedSseEnabled", "true");

    private final String wireName;
    private final String standard;
    private final long min;
    private final long max;
    private final boolean number;

    QueueAttribute(String wireName, String standard, long min, long max) {
        this.wireName = wireName;
        this.standard = standard;
        this.min = min;
        this.max = max;
        this.number = true;
    }

    QueueAttribute(String wireName, String standard) {
        this.wireName = wireName;
        this.standard = standard;
        this.min = 0;
        this.max = 0;
        this.number = false;
    }

    String wireName() {
        return wireName;
    }

    /** The value of a queue on which it was never set. */
    String standard() {
        return standard;
    }

    static Optional<QueueAttribute> named(String wireName) {
        for (QueueAttribute attribute : values()) {
            if (attribute.wireName.equals(wireName)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /** @throws Fault where a name is unknown or a value out of bounds, as AWS answers */
    static void check(Map<String, String> attributes) {
        attributes.forEach(
                (name, value) -> named(name).orElseThrow(() -> unknown(name)).check(value));
    }

    private static Fault unknown(String name) {
        return switch (name) {
            case "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit" ->
                Fault.unsupported("AWS::SQS::Queue/" + name);
            case "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds" -> Fault.unsupported("AWS::SQS::Queue/" + name);
            default -> new Fault("InvalidAttributeName", 400, "Unknown Attribute " + name + ".");
        };
    }

    private void check(String value) {
        if (this == REDRIVE_POLICY && !value.isEmpty()) {
            RedrivePolicy.parse(value);
        }
        if (this == POLICY && !value.isEmpty()) {
            try {
                PolicyGrammar.check(PolicyKind.RESOURCE, value);
            } catch (Fault malformed) {
                throw invalid();
            }
        }
        if (this == SQS_MANAGED_SSE_ENABLED && !value.equals("true") && !value.equals("false")) {
            throw invalid();
        }
        if (!number) {
            return;
        }
        try {
            long given = Long.parseLong(value);
            if (given < min || given > max) {
                throw invalid();
            }
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private Fault invalid() {
        return new Fault("InvalidAttributeValue", 400, "Invalid value for the parameter " + wireName + ".");
    }
}
