package virga.services.cloudformation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.model.cloudformation.AlreadyExistsException;
import virga.model.cloudformation.ContinueUpdateRollbackInput;
import virga.model.cloudformation.ContinueUpdateRollbackOutput;
import virga.model.cloudformation.CreateStackInput;
import virga.model.cloudformation.CreateStackOutput;
import virga.model.cloudformation.DeleteStackInput;
import virga.model.cloudformation.DeleteStackResponse;
import virga.model.cloudformation.UpdateStackInput;
import virga.model.cloudformation.UpdateStackOutput;
import virga.services.cloudformation.stack.ChangePlan;
import virga.services.cloudformation.stack.Exports;
import virga.services.cloudformation.stack.OperationStart;
import virga.services.cloudformation.stack.ResourceTypes;
import virga.services.cloudformation.stack.Revision;
import virga.services.cloudformation.stack.StackRecord;
import virga.services.cloudformation.stack.StackStatus;
import virga.services.cloudformation.stack.Stacks;
import virga.services.cloudformation.template.TemplateErrors;

/** CreateStack, UpdateStack, DeleteStack, ContinueUpdateRollback: each checks, then begins an operation. */
final class StackChanges {
    private final ResourceTypes types;

    StackChanges(ResourceTypes types) {
        this.types = types;
    }

    CreateStackOutput create(Call call, CreateStackInput input, Exchange exchange) {
        Requests.refuseTriggers("CreateStack", input.rollbackConfiguration());
        Requests.refuse(input.timeoutInMinutes().isPresent(), "CreateStack/TimeoutInMinutes");
        Requests.refuse(input.notificationARNs(), "CreateStack/NotificationARNs");
        Requests.refuse(input.resourceTypes(), "CreateStack/ResourceTypes");
        Requests.refuse(input.stackPolicyBody().or(input::stackPolicyURL).isPresent(), "CreateStack/StackPolicyBody");
        if (input.onFailure().isPresent() && input.disableRollback().isPresent()) {
            throw TemplateErrors.validation("You can specify either DisableRollback or OnFailure, but not both.");
        }
        String body = TemplateSources.require(exchange, call, input.templateBody(), input.templateURL());
        Preparation.requireExpansion(body, input.capabilities());
        Revision revision = new Preparation(exchange, call, Revision.NONE)
                .revision(new Preparation.Wish(
                        body,
                        input.parameters(),
                        input.tags(),
                        input.capabilities(),
                        input.roleARN().orElse("")));
        boolean keep = input.disableRollback().orElse(false);
        String onFailure = input.onFailure().orElse(keep ? "DO_NOTHING" : "ROLLBACK");
        StackRecord draft = draft(
                        call, input.stackName(), exchange.ports().ids().uuid(), call.at())
                .with(new StackRecord.Options(
                        keep, input.enableTerminationProtection().orElse(false), "", "", ""));
        new ChangePlan(exchange, call, draft, revision, types);
        Stacks stacks = new Stacks(call.scope());
        String arn = exchange.transact(work -> {
            Optional<StackRecord> known = stacks.find(work, input.stackName());
            if (known.isPresent()) {
                throw new AlreadyExistsException("Stack [" + input.stackName() + "] already exists");
            }
            new OperationStart(work, stacks)
                    .create(
                            draft,
                            revision,
                            settings(call, revision, onFailure, List.of(), input.clientRequestToken()));
            return draft.arn();
        });
        exchange.detail("stack", arn);
        return CreateStackOutput.builder().stackId(arn).build();
    }

    static StackRecord draft(Call call, String name, String uuid, Instant at) {
        return new StackRecord(
                StackRecord.Identity.of(call.scope(), name, uuid),
                StackStatus.REVIEW_IN_PROGRESS,
                "User Initiated",
                Revision.NONE,
                List.of(),
                StackRecord.Options.NONE,
                new StackRecord.Times(at, Instant.EPOCH, Instant.EPOCH));
    }

    private static OperationStart.Settings settings(
            Call call, Revision revision, String onFailure, List<String> spared, Optional<String> token) {
        return new OperationStart.Settings(
                Requests.principal(call, revision.roleArn()), onFailure, spared, token.orElse(""));
    }

    UpdateStackOutput update(Call call, UpdateStackInput input, Exchange exchange) {
        Requests.refuseTriggers("UpdateStack", input.rollbackConfiguration());
        Requests.refuse(input.notificationARNs(), "UpdateStack/NotificationARNs");
        Requests.refuse(input.resourceTypes(), "UpdateStack/ResourceTypes");
        Requests.refuse(input.stackPolicyBody().or(input::stackPolicyURL).isPresent(), "UpdateStack/StackPolicyBody");
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = exchange.read(reading -> stacks.named(reading, input.stackName()));
        if (!stack.status().canBeUpdated()) {
            throw TemplateErrors.validation(
                    "Stack:" + stack.arn() + " is in " + stack.status() + " state and can not be updated.");
        }
        String body = input.usePreviousTemplate().orElse(false)
                ? stack.revision().body()
                : TemplateSources.require(exchange, call, input.templateBody(), input.templateURL());
        Preparation.requireExpansion(body, input.capabilities());
        Revision revision = new Preparation(exchange, call, stack.revision())
                .revision(new Preparation.Wish(
                        body,
                        input.parameters(),
                        input.tags(),
                        input.capabilities(),
                        input.roleARN().orElse("")));
        ChangePlan plan = new ChangePlan(exchange, call, stack, revision, types);
        if (plan.isEmpty()
                && stack.status() != StackStatus.UPDATE_FAILED
                && stack.status() != StackStatus.CREATE_FAILED) {
            throw TemplateErrors.validation("No updates are to be performed.");
        }
        String onFailure =
                input.disableRollback().orElse(stack.options().disableRollback()) ? "DO_NOTHING" : "ROLLBACK";
        exchange.transact(work -> {
            new OperationStart(work, stacks)
                    .update(
                            stacks.named(work, stack.arn()),
                            revision,
                            settings(call, revision, onFailure, List.of(), input.clientRequestToken()));
            return null;
        });
        exchange.detail("stack", stack.arn());
        return UpdateStackOutput.builder().stackId(stack.arn()).build();
    }

    DeleteStackResponse delete(Call call, DeleteStackInput input, Exchange exchange) {
        Requests.refuse(
                input.deletionMode().filter(mode -> !mode.equals("STANDARD")).isPresent(), "DeleteStack/DeletionMode");
        Stacks stacks = new Stacks(call.scope());
        exchange.transact(work -> {
            Optional<StackRecord> found = stacks.find(work, input.stackName()).filter(stack -> !stack.isDeleted());
            if (found.isEmpty()) {
                return null;
            }
            StackRecord stack = found.get();
            if (stack.options().terminationProtection()) {
                throw TemplateErrors.validation(
                        "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
            }
            if (stack.status() == StackStatus.DELETE_IN_PROGRESS) {
                return null;
            }
            if (stack.status() == StackStatus.CREATE_IN_PROGRESS) {
                throw virga.kernel.Fault.unsupported("DeleteStack while the stack is in CREATE_IN_PROGRESS");
            }
            if (stack.status().isBusy()) {
                throw TemplateErrors.validation(
                        "Stack [" + stack.arn() + "] cannot be deleted while in status " + stack.status());
            }
            if (!input.retainResources().isEmpty() && stack.status() != StackStatus.DELETE_FAILED) {
                throw TemplateErrors.validation("Invalid operation on stack [" + stack.arn()
                        + "]. RetainResources can only be specified for a stack in the DELETE_FAILED state");
            }
            Exports.checkDeletable(work, stacks, stack);
            String role = input.roleARN().orElse(stack.revision().roleArn());
            new OperationStart(work, stacks)
                    .delete(
                            stack,
                            new OperationStart.Settings(
                                    Requests.principal(call, role),
                                    "ROLLBACK",
                                    input.retainResources(),
                                    input.clientRequestToken().orElse("")));
            return null;
        });
        return DeleteStackResponse.builder().build();
    }

    ContinueUpdateRollbackOutput continueRollBack(Call call, ContinueUpdateRollbackInput input, Exchange exchange) {
        Requests.refuse(input.roleARN().isPresent(), "ContinueUpdateRollback/RoleARN");
        Stacks stacks = new Stacks(call.scope());
        exchange.transact(work -> {
            new OperationStart(work, stacks)
                    .resumeRollBack(stacks.named(work, input.stackName()), input.resourcesToSkip());
            return null;
        });
        return ContinueUpdateRollbackOutput.builder().build();
    }
}
