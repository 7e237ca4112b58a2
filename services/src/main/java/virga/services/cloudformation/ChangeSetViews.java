package virga.services.cloudformation;

import virga.model.Unset;
import virga.model.cloudformation.Change;
import virga.model.cloudformation.ChangeSetSummary;
import virga.model.cloudformation.DescribeChangeSetOutput;
import virga.model.cloudformation.ResourceChange;
import virga.model.cloudformation.ResourceChangeDetail;
import virga.model.cloudformation.ResourceTargetDefinition;
import virga.services.cloudformation.stack.ChangeSetRecord;
import virga.services.cloudformation.stack.PlannedChange;
import virga.services.cloudformation.stack.StackRecord;

/** Change sets as clients see them. */
final class ChangeSetViews {
    private ChangeSetViews() {}

    static DescribeChangeSetOutput describe(ChangeSetRecord changeSet, StackRecord stack) {
        return DescribeChangeSetOutput.builder()
                .changeSetName(changeSet.identity().name())
                .changeSetId(changeSet.identity().arn())
                .stackId(stack.arn())
                .stackName(stack.name())
                .description(Unset.ifEmpty(changeSet.identity().description()))
                .parameters(StackViews.parameters(changeSet.revision()))
                .creationTime(changeSet.createdAt())
                .executionStatus(execution(changeSet, stack))
                .status(changeSet.state().status())
                .statusReason(Unset.ifEmpty(changeSet.state().reason()))
                .capabilities(changeSet.revision().capabilities())
                .tags(StackViews.tags(changeSet.revision().tags()))
                .changes(
                        changeSet.changes().stream().map(ChangeSetViews::change).toList())
                .includeNestedStacks(false)
                .onStackFailure(Unset.ifEmpty(changeSet.onStackFailure()))
                .build();
    }

    /** An executed change set tells how its stack's operation goes. */
    private static String execution(ChangeSetRecord changeSet, StackRecord stack) {
        if (!changeSet.state().execution().equals("EXECUTE_IN_PROGRESS")
                || stack.status().isBusy()) {
            return changeSet.state().execution();
        }
        return stack.status().isGood() ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED";
    }

    static ChangeSetSummary summary(ChangeSetRecord changeSet, StackRecord stack) {
        return ChangeSetSummary.builder()
                .stackId(stack.arn())
                .stackName(stack.name())
                .changeSetId(changeSet.identity().arn())
                .changeSetName(changeSet.identity().name())
                .executionStatus(execution(changeSet, stack))
                .status(changeSet.state().status())
                .statusReason(Unset.ifEmpty(changeSet.state().reason()))
                .creationTime(changeSet.createdAt())
                .description(Unset.ifEmpty(changeSet.identity().description()))
                .includeNestedStacks(false)
                .build();
    }

    private static Change change(PlannedChange change) {
        return Change.builder()
                .type("Resource")
                .resourceChange(ResourceChange.builder()
                        .action(change.action())
                        .logicalResourceId(change.logicalId())
                        .physicalResourceId(Unset.ifEmpty(change.physicalId()))
                        .resourceType(change.type())
                        .replacement(Unset.ifEmpty(change.replacement()))
                        .scope(change.scope())
                        .details(change.details().stream()
                                .map(ChangeSetViews::detail)
                                .toList())
                        .build())
                .build();
    }

    private static ResourceChangeDetail detail(PlannedChange.Detail detail) {
        return ResourceChangeDetail.builder()
                .target(ResourceTargetDefinition.builder()
                        .attribute(detail.attribute())
                        .name(Unset.ifEmpty(detail.name()))
                        .requiresRecreation(detail.requiresRecreation())
                        .build())
                .evaluation(detail.evaluation())
                .changeSource(detail.source())
                .causingEntity(Unset.ifEmpty(detail.causing()))
                .build();
    }
}
