package virga.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Arn;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.DeleteEventSourceMappingRequest;
import virga.model.lambda.DestinationConfig;
import virga.model.lambda.EventSourceMappingConfiguration;
import virga.model.lambda.Filter;
import virga.model.lambda.FilterCriteria;
import virga.model.lambda.Lambda;
import virga.model.lambda.OnFailure;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.ScalingConfig;
import virga.model.lambda.UpdateEventSourceMappingRequest;

/** {@code AWS::Lambda::EventSourceMapping}. Source: its page in the CloudFormation Template Reference. */
final class MappingProvisioner implements Provisioner {
    @Override
    public String type() {
        return "AWS::Lambda::EventSourceMapping";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .replacing("EventSourceArn", "StartingPosition")
                .inPlace(
                        "BatchSize",
                        "BisectBatchOnFunctionError",
                        "DestinationConfig/OnFailure/Destination",
                        "Enabled",
                        "FilterCriteria/Filters/[]/Pattern",
                        "FunctionName",
                        "FunctionResponseTypes/[]",
                        "MaximumBatchingWindowInSeconds",
                        "MaximumRecordAgeInSeconds",
                        "MaximumRetryAttempts",
                        "ParallelizationFactor",
                        "ScalingConfig/MaximumConcurrency")
                .requiring("FunctionName")
                .unsupported(
                        "AmazonManagedKafkaEventSourceConfig",
                        "DocumentDBEventSourceConfig",
                        "KmsKeyArn",
                        "LoggingConfig",
                        "MetricsConfig",
                        "ProvisionedPollerConfig",
                        "Queues",
                        "SelfManagedEventSource",
                        "SelfManagedKafkaEventSourceConfig",
                        "SourceAccessConfigurations",
                        "StartingPositionTimestamp",
                        "Tags",
                        "Topics",
                        "TumblingWindowInSeconds");
    }

    @Override
    public Provisioned create(Provisioning request) {
        JsonNode properties = request.properties();
        EventSourceMappingConfiguration created = request.call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .eventSourceArn(text(properties, "EventSourceArn"))
                        .functionName(properties.get("FunctionName").asText())
                        .startingPosition(text(properties, "StartingPosition"))
                        .batchSize(number(properties.path("BatchSize")))
                        .maximumBatchingWindowInSeconds(number(properties.path("MaximumBatchingWindowInSeconds")))
                        .maximumRecordAgeInSeconds(number(properties.path("MaximumRecordAgeInSeconds")))
                        .maximumRetryAttempts(number(properties.path("MaximumRetryAttempts")))
                        .parallelizationFactor(number(properties.path("ParallelizationFactor")))
                        .bisectBatchOnFunctionError(flag(properties, "BisectBatchOnFunctionError"))
                        .enabled(flag(properties, "Enabled"))
                        .filterCriteria(filters(properties))
                        .functionResponseTypes(texts(properties.path("FunctionResponseTypes")))
                        .destinationConfig(destinations(properties))
                        .scalingConfig(scaling(properties))
                        .build());
        String id = created.uuid().orElseThrow();
        return new Provisioned(
                id,
                Map.of(
                        "Id",
                        id,
                        "EventSourceMappingArn",
                        Arn.of("lambda", request.call().scope(), "event-source-mapping:" + id)
                                .toString()));
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, JsonNode previous) {
        JsonNode properties = request.properties();
        request.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(current.physicalId())
                        .functionName(properties.get("FunctionName").asText())
                        .batchSize(number(properties.path("BatchSize")))
                        .maximumBatchingWindowInSeconds(number(properties.path("MaximumBatchingWindowInSeconds")))
                        .maximumRecordAgeInSeconds(number(properties.path("MaximumRecordAgeInSeconds")))
                        .maximumRetryAttempts(number(properties.path("MaximumRetryAttempts")))
                        .bisectBatchOnFunctionError(flag(properties, "BisectBatchOnFunctionError"))
                        .enabled(flag(properties, "Enabled"))
                        .filterCriteria(filters(properties))
                        .functionResponseTypes(texts(properties.path("FunctionResponseTypes")))
                        .destinationConfig(destinations(properties))
                        .scalingConfig(scaling(properties))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        try {
            request.call(
                    Lambda.DELETE_EVENT_SOURCE_MAPPING,
                    DeleteEventSourceMappingRequest.builder()
                            .uuid(current.physicalId())
                            .build());
        } catch (ResourceNotFoundException gone) {
            // Deleted by hand, or by this step before a crash.
        }
    }

    private static FilterCriteria filters(JsonNode properties) {
        List<Filter> filters = new ArrayList<>();
        for (JsonNode filter : properties.path("FilterCriteria").path("Filters")) {
            filters.add(
                    Filter.builder().pattern(filter.path("Pattern").asText()).build());
        }
        return FilterCriteria.builder().filters(filters).build();
    }

    private static DestinationConfig destinations(JsonNode properties) {
        String failure = properties
                .path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText("");
        return failure.isEmpty()
                ? null
                : DestinationConfig.builder()
                        .onFailure(OnFailure.builder().destination(failure).build())
                        .build();
    }

    private static ScalingConfig scaling(JsonNode properties) {
        Integer most = number(properties.path("ScalingConfig").path("MaximumConcurrency"));
        return most == null
                ? null
                : ScalingConfig.builder().maximumConcurrency(most).build();
    }

    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : null;
    }

    private static Boolean flag(JsonNode node, String name) {
        return node.hasNonNull(name) ? Boolean.valueOf(node.get(name).asText()) : null;
    }

    private static Integer number(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : Integer.valueOf(node.asText());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
