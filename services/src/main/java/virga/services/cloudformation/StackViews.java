package virga.services.cloudformation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import virga.model.Unset;
import virga.model.cloudformation.Output;
import virga.model.cloudformation.Parameter;
import virga.model.cloudformation.RollbackConfiguration;
import virga.model.cloudformation.Stack;
import virga.model.cloudformation.StackDriftInformation;
import virga.model.cloudformation.StackDriftInformationSummary;
import virga.model.cloudformation.StackEvent;
import virga.model.cloudformation.StackResource;
import virga.model.cloudformation.StackResourceDetail;
import virga.model.cloudformation.StackResourceSummary;
import virga.model.cloudformation.StackSummary;
import virga.model.cloudformation.Tag;
import virga.services.cloudformation.stack.EventRecord;
import virga.services.cloudformation.stack.ResourceRecord;
import virga.services.cloudformation.stack.Revision;
import virga.services.cloudformation.stack.StackRecord;
import virga.services.cloudformation.template.ParameterDeclaration;
import virga.services.cloudformation.template.Template;

/** Stacks, resources and events as clients see them. A builder given null leaves its member out. */
final class StackViews {
    private static final String HIDDEN = "****";

    private StackViews() {}

    private static Instant ifEver(Instant at) {
        return at.equals(Instant.EPOCH) ? null : at;
    }

    static Stack stack(StackRecord stack) {
        Revision revision = stack.revision();
        return Stack.builder()
                .stackId(stack.arn())
                .stackName(stack.name())
                .changeSetId(Unset.ifEmpty(stack.options().changeSetId()))
                .description(Unset.ifEmpty(description(revision)))
                .parameters(revision.exists() ? parameters(revision) : null)
                .creationTime(stack.times().created())
                .lastUpdatedTime(ifEver(stack.times().updated()))
                .deletionTime(ifEver(stack.times().deleted()))
                .rollbackConfiguration(RollbackConfiguration.builder().build())
                .stackStatus(stack.status().name())
                .stackStatusReason(Unset.ifEmpty(stack.reason()))
                .disableRollback(stack.options().disableRollback())
                .notificationARNs(List.of())
                .capabilities(Unset.ifEmpty(revision.capabilities()))
                .outputs(stack.outputs().isEmpty() ? null : outputs(stack))
                .roleARN(Unset.ifEmpty(revision.roleArn()))
                .tags(tags(revision.tags()))
                .enableTerminationProtection(stack.options().terminationProtection())
                .parentId(Unset.ifEmpty(stack.options().parentId()))
                .rootId(Unset.ifEmpty(stack.options().rootId()))
                .driftInformation(StackDriftInformation.builder()
                        .stackDriftStatus("NOT_CHECKED")
                        .build())
                .build();
    }

    private static String description(Revision revision) {
        return revision.exists() ? revision.processedBody().path("Description").asText("") : "";
    }

    private static List<Output> outputs(StackRecord stack) {
        return stack.outputs().stream()
                .map(output -> Output.builder()
                        .outputKey(output.key())
                        .outputValue(output.value())
                        .description(Unset.ifEmpty(output.description()))
                        .exportName(Unset.ifEmpty(output.exportName()))
                        .build())
                .toList();
    }

    /** Values, the secret ones hidden. */
    static List<Parameter> parameters(Revision revision) {
        if (!revision.exists()) {
            return List.of();
        }
        Template template = revision.template();
        return revision.parameters().entrySet().stream()
                .map(entry -> {
                    ParameterDeclaration declared = template.parameters().get(entry.getKey());
                    boolean hidden = declared != null && declared.noEcho();
                    return Parameter.builder()
                            .parameterKey(entry.getKey())
                            .parameterValue(hidden ? HIDDEN : entry.getValue())
                            .build();
                })
                .toList();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static StackSummary summary(StackRecord stack) {
        return StackSummary.builder()
                .stackId(stack.arn())
                .stackName(stack.name())
                .templateDescription(Unset.ifEmpty(description(stack.revision())))
                .creationTime(stack.times().created())
                .lastUpdatedTime(ifEver(stack.times().updated()))
                .deletionTime(ifEver(stack.times().deleted()))
                .stackStatus(stack.status().name())
                .stackStatusReason(Unset.ifEmpty(stack.reason()))
                .parentId(Unset.ifEmpty(stack.options().parentId()))
                .rootId(Unset.ifEmpty(stack.options().rootId()))
                .driftInformation(StackDriftInformationSummary.builder()
                        .stackDriftStatus("NOT_CHECKED")
                        .build())
                .build();
    }

    static StackEvent event(StackRecord stack, EventRecord event) {
        return StackEvent.builder()
                .stackId(stack.arn())
                .eventId(event.eventId())
                .stackName(stack.name())
                .logicalResourceId(event.subject().logicalId())
                .physicalResourceId(event.subject().physicalId())
                .resourceType(event.subject().type())
                .timestamp(event.at())
                .resourceStatus(event.status())
                .resourceStatusReason(Unset.ifEmpty(event.reason()))
                .resourceProperties(Unset.ifEmpty(event.properties()))
                .clientRequestToken(Unset.ifEmpty(event.clientToken()))
                .build();
    }

    static StackResource resource(StackRecord stack, ResourceRecord resource) {
        return StackResource.builder()
                .stackName(stack.name())
                .stackId(stack.arn())
                .logicalResourceId(resource.logicalId())
                .physicalResourceId(Unset.ifEmpty(resource.physicalId()))
                .resourceType(resource.type())
                .timestamp(resource.state().at())
                .resourceStatus(resource.state().status())
                .resourceStatusReason(Unset.ifEmpty(resource.state().reason()))
                .build();
    }

    static StackResourceSummary resourceSummary(ResourceRecord resource) {
        return StackResourceSummary.builder()
                .logicalResourceId(resource.logicalId())
                .physicalResourceId(Unset.ifEmpty(resource.physicalId()))
                .resourceType(resource.type())
                .lastUpdatedTimestamp(resource.state().at())
                .resourceStatus(resource.state().status())
                .resourceStatusReason(Unset.ifEmpty(resource.state().reason()))
                .build();
    }

    static StackResourceDetail resourceDetail(StackRecord stack, ResourceRecord resource) {
        String metadata = stack.revision().exists()
                ? stack.revision()
                        .processedBody()
                        .path("Resources")
                        .path(resource.logicalId())
                        .path("Metadata")
                        .toString()
                : "";
        return StackResourceDetail.builder()
                .stackName(stack.name())
                .stackId(stack.arn())
                .logicalResourceId(resource.logicalId())
                .physicalResourceId(Unset.ifEmpty(resource.physicalId()))
                .resourceType(resource.type())
                .lastUpdatedTimestamp(resource.state().at())
                .resourceStatus(resource.state().status())
                .resourceStatusReason(Unset.ifEmpty(resource.state().reason()))
                .metadata(metadata.isEmpty() ? "{}" : metadata)
                .build();
    }
}
