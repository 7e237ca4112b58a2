package virga.services.lambda.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.cloud.provision.Properties;
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
        Properties properties = request.properties();
        EventSourceMappingConfiguration created = request.call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .eventSourceArn(properties.text("EventSourceArn", null))
                        .functionName(properties.requiredText("FunctionName"))
                        .startingPosition(properties.text("StartingPosition", null))
                        .batchSize(properties.integer("BatchSize", null))
                        .maximumBatchingWindowInSeconds(properties.integer("MaximumBatchingWindowInSeconds", null))
                        .maximumRecordAgeInSeconds(properties.integer("MaximumRecordAgeInSeconds", null))
                        .maximumRetryAttempts(properties.integer("MaximumRetryAttempts", null))
                        .parallelizationFactor(properties.integer("ParallelizationFactor", null))
                        .bisectBatchOnFunctionError(properties.flag("BisectBatchOnFunctionError", null))
                        .enabled(properties.flag("Enabled", null))
                        .filterCriteria(filters(properties))
                        .functionResponseTypes(properties.texts("FunctionResponseTypes"))
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
    public Provisioned update(Provisioning request, Provisioned current, Properties previous) {
        Properties properties = request.properties();
        request.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                UpdateEventSourceMappingRequest.builder()
                        .uuid(current.physicalId())
                        .functionName(properties.requiredText("FunctionName"))
                        .batchSize(properties.integer("BatchSize", null))
                        .maximumBatchingWindowInSeconds(properties.integer("MaximumBatchingWindowInSeconds", null))
                        .maximumRecordAgeInSeconds(properties.integer("MaximumRecordAgeInSeconds", null))
                        .maximumRetryAttempts(properties.integer("MaximumRetryAttempts", null))
                        .bisectBatchOnFunctionError(properties.flag("BisectBatchOnFunctionError", null))
                        .enabled(properties.flag("Enabled", null))
                        .filterCriteria(filters(properties))
                        .functionResponseTypes(properties.texts("FunctionResponseTypes"))
                        .destinationConfig(destinations(properties))
                        .scalingConfig(scaling(properties))
                        .build());
        return current;
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        request.callUnlessGone(
                ResourceNotFoundException.class,
                Lambda.DELETE_EVENT_SOURCE_MAPPING,
                DeleteEventSourceMappingRequest.builder()
                        .uuid(current.physicalId())
                        .build());
    }

    private static FilterCriteria filters(Properties properties) {
        List<Filter> filters = new ArrayList<>();
        for (Properties filter : properties.object("FilterCriteria").objects("Filters")) {
            filters.add(Filter.builder().pattern(filter.requiredText("Pattern")).build());
        }
        return FilterCriteria.builder().filters(filters).build();
    }

    private static DestinationConfig destinations(Properties properties) {
        String failure =
                properties.object("DestinationConfig").object("OnFailure").text("Destination", "");
        return failure.isEmpty()
                ? null
                : DestinationConfig.builder()
                        .onFailure(OnFailure.builder().destination(failure).build())
                        .build();
    }

    private static ScalingConfig scaling(Properties properties) {
        Integer most = properties.object("ScalingConfig").integer("MaximumConcurrency", null);
        return most == null
                ? null
                : ScalingConfig.builder().maximumConcurrency(most).build();
    }
}
