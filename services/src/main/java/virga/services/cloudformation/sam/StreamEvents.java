package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import virga.kernel.Fault;

/** Events that Lambda polls for: queues and streams become event source mappings, and the role may read them. */
final class StreamEvents {
    private static final List<String> COPIED = List.of(
            "StartingPosition",
            "StartingPositionTimestamp",
            "BatchSize",
            "Enabled",
            "MaximumBatchingWindowInSeconds",
            "MaximumRetryAttempts",
            "BisectBatchOnFunctionError",
            "MaximumRecordAgeInSeconds",
            "ParallelizationFactor",
            "Topics",
            "Queues",
            "SourceAccessConfigurations",
            "TumblingWindowInSeconds",
            "FunctionResponseTypes",
            "FilterCriteria",
            "KmsKeyArn",
            "ScalingConfig",
            "ProvisionedPollerConfig",
            "MetricsConfig",
            "LoggingConfig");

    private StreamEvents() {}

    static List<ResourceDraft> drafts(EventSource event) {
        if (event.has("SchemaRegistryConfig")) {
            throw Fault.unsupported("AWS::Serverless::Function/Events/" + event.type() + "/SchemaRegistryConfig");
        }
        String source = event.type().equals("SQS") ? "Queue" : "Stream";
        Set<String> allowed = new java.util.TreeSet<>(COPIED);
        allowed.addAll(List.of(source, "DestinationConfig", "ConsumerGroupId"));
        if (event.type().equals("SQS")) {
            event.check(allowed, source);
        } else {
            event.check(allowed, source, "StartingPosition");
        }
        ResourceDraft mapping = event.draft(event.id(), "AWS::Lambda::EventSourceMapping")
                .put("FunctionName", event.target().name())
                .put("EventSourceArn", event.get(source));
        COPIED.forEach(name -> mapping.put(name, event.get(name)));
        if (event.type().equals("MSK") && event.has("ConsumerGroupId")) {
            mapping.put(
                    "AmazonManagedKafkaEventSourceConfig",
                    Nodes.object("ConsumerGroupId", event.get("ConsumerGroupId")));
        }
        checkFilters(event);
        JsonNode destinationPolicy = destination(event, mapping);
        event.role().ifPresent(role -> {
            ExecutionRole.attach(role, Policies.managed(policy(event.type())));
            if (event.type().equals("MSK")) {
                certificatePolicy(event, role);
            }
            if (destinationPolicy instanceof ObjectNode policy) {
                ExecutionRole.attach(role, policy);
            }
        });
        return List.of(mapping);
    }

    private static String policy(String type) {
        return switch (type) {
            case "SQS" -> "service-role/AWSLambdaSQSQueueExecutionRole";
            case "Kinesis" -> "service-role/AWSLambdaKinesisExecutionRole";
            case "DynamoDB" -> "service-role/AWSLambdaDynamoDBExecutionRole";
            default -> "service-role/AWSLambdaMSKExecutionRole";
        };
    }

    private static void certificatePolicy(EventSource event, ResourceDraft role) {
        for (JsonNode access : event.get("SourceAccessConfigurations")) {
            if (access.path("Type").asText("").equals("CLIENT_CERTIFICATE_TLS_AUTH")
                    && Nodes.isGiven(access.path("URI"))) {
                ObjectNode statement = Nodes.object("Action", Nodes.texts("secretsmanager:GetSecretValue"))
                        .put("Effect", "Allow");
                statement.set("Resource", access.get("URI"));
                ExecutionRole.attach(
                        role,
                        Policies.named("MSKExecutionRolePolicy", Nodes.object("Statement", Nodes.array(statement))));
            }
        }
    }

    private static void checkFilters(EventSource event) {
        JsonNode criteria = event.get("FilterCriteria");
        boolean onlyFilters = criteria.isEmpty() || criteria.size() == 1 && criteria.has("Filters");
        if (Nodes.isPresent(criteria) && !Nodes.isIntrinsic(criteria) && !onlyFilters) {
            throw SamErrors.event(event.name(), "FilterCriteria field has a wrong format");
        }
    }

    /** Copies the destination without SAM's own {@code Type}, and answers what the role must be allowed for it. */
    private static JsonNode destination(EventSource event, ResourceDraft mapping) {
        if (!event.has("DestinationConfig")) {
            return Nodes.missing();
        }
        ObjectNode config = Nodes.copy(event.get("DestinationConfig"));
        if (!(config.path("OnFailure") instanceof ObjectNode onFailure)) {
            throw SamErrors.event(event.id(), "Property 'DestinationConfig.OnFailure' should be a map.");
        }
        JsonNode type = onFailure.remove("Type");
        mapping.put("DestinationConfig", config);
        if (type == null) {
            return Nodes.missing();
        }
        if (!List.of("SQS", "SNS", "S3", "Kafka").contains(type.asText())) {
            throw SamErrors.event(event.id(), "The only valid values for 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
        }
        return Policies.destination(type.asText(), onFailure.path("Destination"), event.id());
    }
}
