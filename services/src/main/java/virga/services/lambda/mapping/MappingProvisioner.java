package virga.services.lambda.mapping;

import java.util.List;
import java.util.Map;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.cloud.provision.Retagging;
import virga.kernel.Arn;
import virga.model.lambda.DeleteEventSourceMappingRequest;
import virga.model.lambda.EventSourceMappingConfiguration;
import virga.model.lambda.FilterCriteria;
import virga.model.lambda.Lambda;
import virga.model.lambda.ListTagsRequest;
import virga.model.lambda.ResourceNotFoundException;
import virga.model.lambda.TagResourceRequest;
import virga.model.lambda.UntagResourceRequest;
import virga.model.lambda.UpdateEventSourceMappingRequest;

/** {@code AWS::Lambda::EventSourceMapping}. Source: its page in the CloudFormation Template Reference. */
final class MappingProvisioner implements Provisioner {
    /** What an update goes back to where the template says nothing. */
    private static final UpdateEventSourceMappingRequest OTHERWISE = UpdateEventSourceMappingRequest.builder()
            .filterCriteria(FilterCriteria.builder().build())
            .functionResponseTypes(List.of())
            .build();

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
                        "ScalingConfig/MaximumConcurrency",
                        "Tags/[]/Key",
                        "Tags/[]/Value")
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
                        "Topics",
                        "TumblingWindowInSeconds");
    }

    @Override
    public Provisioned create(Provisioning request) {
        EventSourceMappingConfiguration created = request.call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                request.properties().without("Tags").as(Lambda.CREATE_EVENT_SOURCE_MAPPING).toBuilder()
                        .tags(request.allTags())
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
        request.call(
                Lambda.UPDATE_EVENT_SOURCE_MAPPING,
                request.properties().as(Lambda.UPDATE_EVENT_SOURCE_MAPPING, OTHERWISE).toBuilder()
                        .uuid(current.physicalId())
                        .build());
        String arn = current.attributes().get("EventSourceMappingArn");
        Retagging.change(
                request.call(
                                Lambda.LIST_TAGS,
                                ListTagsRequest.builder().resource(arn).build())
                        .tags()
                        .keySet(),
                request.allTags(),
                gone -> request.call(
                        Lambda.UNTAG_RESOURCE,
                        UntagResourceRequest.builder()
                                .resource(arn)
                                .tagKeys(gone)
                                .build()),
                wanted -> request.call(
                        Lambda.TAG_RESOURCE,
                        TagResourceRequest.builder().resource(arn).tags(wanted).build()));
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
}
