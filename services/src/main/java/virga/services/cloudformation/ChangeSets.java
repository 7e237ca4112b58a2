package virga.services.cloudformation;

import java.util.List;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.cloudformation.AlreadyExistsException;
import virga.model.cloudformation.ChangeSetNotFoundException;
import virga.model.cloudformation.CreateChangeSetInput;
import virga.model.cloudformation.CreateChangeSetOutput;
import virga.model.cloudformation.DeleteChangeSetInput;
import virga.model.cloudformation.DeleteChangeSetOutput;
import virga.model.cloudformation.DescribeChangeSetInput;
import virga.model.cloudformation.DescribeChangeSetOutput;
import virga.model.cloudformation.ExecuteChangeSetInput;
import virga.model.cloudformation.ExecuteChangeSetOutput;
import virga.model.cloudformation.InvalidChangeSetStatusException;
import virga.model.cloudformation.ListChangeSetsInput;
import virga.model.cloudformation.ListChangeSetsOutput;
import virga.services.cloudformation.stack.ChangePlan;
import virga.services.cloudformation.stack.ChangeSetRecord;
import virga.services.cloudformation.stack.OperationStart;
import virga.services.cloudformation.stack.ResourceTypes;
import virga.services.cloudformation.stack.Revision;
import virga.services.cloudformation.stack.StackRecord;
import virga.services.cloudformation.stack.StackStatus;
import virga.services.cloudformation.stack.Stacks;
import virga.services.cloudformation.template.TemplateErrors;
import virga.store.Reading;

/** Change sets: what would change, looked at before it does. */
final class ChangeSets {
    private static final String NOTHING =
            "The submitted information didn't contain changes. Submit different information to create a"
                    + " change set.";

    private final ResourceTypes types;

    ChangeSets(ResourceTypes types) {
        this.types = types;
    }

    CreateChangeSetOutput create(Call call, CreateChangeSetInput input, Exchange exchange) {
        refuseWhatIsNotDone(input);
        Stacks stacks = new Stacks(call.scope());
        String type = input.changeSetType().orElse("UPDATE");
        Optional<StackRecord> known =
                exchange.read(reading -> stacks.find(reading, input.stackName()).filter(stack -> !stack.isDeleted()));
        StackRecord stack = type.equals("CREATE") ? creatable(call, input, exchange, known) : updatable(input, known);
        String uuid = exchange.ports().ids().uuid();
        String arn = Arn.of("cloudformation", call.scope(), "changeSet/" + input.changeSetName() + "/" + uuid)
                .toString();
        ChangeSetRecord.Identity identity = new ChangeSetRecord.Identity(
                input.changeSetName(), arn, input.description().orElse(""), stack.uuid());
        ChangeSetRecord changeSet = planned(call, input, exchange, stack, identity, type);
        exchange.transact(work -> {
            Optional<ChangeSetRecord> namesake =
                    stacks.changeSet(work, input.changeSetName(), Optional.of(stack.arn()));
            // One that was executed gives its name up.
            if (namesake.isPresent() && !namesake.get().state().execution().startsWith("EXECUTE")) {
                throw new AlreadyExistsException("ChangeSet " + input.changeSetName() + " already exists");
            }
            if (known.isEmpty()) {
                stacks.put(work, stack);
                stacks.addStackEvent(
                        work,
                        stack,
                        work.ids().uuid(),
                        work.now(),
                        input.clientToken().orElse(""));
            }
            stacks.put(work, changeSet);
            return null;
        });
        return CreateChangeSetOutput.builder().id(arn).stackId(stack.arn()).build();
    }

    private static void refuseWhatIsNotDone(CreateChangeSetInput input) {
        Requests.refuseTriggers("CreateChangeSet", input.rollbackConfiguration());
        Requests.refuse(input.notificationARNs(), "CreateChangeSet/NotificationARNs");
        Requests.refuse(input.resourceTypes(), "CreateChangeSet/ResourceTypes");
        Requests.refuse(input.resourcesToImport(), "CreateChangeSet/ResourcesToImport");
        Requests.refuse(input.importExistingResources().orElse(false), "CreateChangeSet/ImportExistingResources");
        Requests.refuse(input.deploymentMode().isPresent(), "CreateChangeSet/DeploymentMode");
        Requests.refuse(
                input.changeSetType().filter(type -> type.equals("IMPORT")).isPresent(),
                "CreateChangeSet/ChangeSetType: IMPORT");
    }

    private static StackRecord creatable(
            Call call, CreateChangeSetInput input, Exchange exchange, Optional<StackRecord> known) {
        if (known.isPresent() && known.get().status() != StackStatus.REVIEW_IN_PROGRESS) {
            throw TemplateErrors.validation(
                    "Stack [" + input.stackName() + "] already exists and cannot be created again with the changeSet ["
                            + input.changeSetName() + "].");
        }
        return known.orElseGet(() -> StackChanges.draft(
                call, input.stackName(), exchange.ports().ids().uuid(), call.at()));
    }

    private static StackRecord updatable(CreateChangeSetInput input, Optional<StackRecord> known) {
        StackRecord stack =
                known.orElseThrow(() -> TemplateErrors.validation("Stack [" + input.stackName() + "] does not exist"));
        if (!stack.status().canBeUpdated()) {
            throw TemplateErrors.validation(
                    "Stack:" + stack.arn() + " is in " + stack.status() + " state and can not be updated.");
        }
        return stack;
    }

    /** A transform that fails leaves a failed change set; anything else that is wrong is refused at once. */
    private ChangeSetRecord planned(
            Call call,
            CreateChangeSetInput input,
            Exchange exchange,
            StackRecord stack,
            ChangeSetRecord.Identity identity,
            String type) {
        String body = input.usePreviousTemplate().orElse(false)
                ? stack.revision().body()
                : TemplateSources.require(exchange, call, input.templateBody(), input.templateURL());
        Preparation.Wish wish = new Preparation.Wish(
                body,
                input.parameters(),
                input.tags(),
                input.capabilities(),
                input.roleARN().orElse(""));
        String onFailure = input.onStackFailure().orElse("");
        try {
            Revision revision = new Preparation(exchange, call, stack.revision()).revision(wish);
            ChangePlan plan = new ChangePlan(exchange, call, stack, revision, types);
            // Without nested stacks there is nothing to include: the CDK always asks for them.
            Requests.refuse(
                    input.includeNestedStacks().orElse(false)
                            && plan.changes().stream()
                                    .anyMatch(change -> change.type().equals(NestedStackProvisioner.TYPE)),
                    "CreateChangeSet/IncludeNestedStacks");
            boolean nothing = type.equals("UPDATE") && plan.isEmpty();
            ChangeSetRecord.State state = nothing
                    ? new ChangeSetRecord.State("FAILED", "UNAVAILABLE", NOTHING)
                    : new ChangeSetRecord.State("CREATE_COMPLETE", "AVAILABLE", "");
            return new ChangeSetRecord(identity, type, state, revision, plan.changes(), onFailure, call.at());
        } catch (Fault fault) {
            if (!fault.getMessage().startsWith("Transform ")) {
                throw fault;
            }
            Revision unprocessed =
                    new Revision(body, "", java.util.Map.of(), java.util.Map.of(), input.capabilities(), "");
            ChangeSetRecord.State state = new ChangeSetRecord.State("FAILED", "UNAVAILABLE", fault.getMessage());
            return new ChangeSetRecord(identity, type, state, unprocessed, List.of(), onFailure, call.at());
        }
    }

    private static ChangeSetRecord find(Reading reading, Stacks stacks, String nameOrArn, Optional<String> stackName) {
        if (!nameOrArn.startsWith("arn:") && stackName.isEmpty()) {
            throw TemplateErrors.validation("StackName must be specified if ChangeSetName is not specified as an ARN.");
        }
        stackName.filter(name -> !nameOrArn.startsWith("arn:")).ifPresent(name -> stacks.get(reading, name));
        return stacks.changeSet(reading, nameOrArn, stackName)
                .orElseThrow(() -> new ChangeSetNotFoundException("ChangeSet [" + nameOrArn + "] does not exist"));
    }

    DescribeChangeSetOutput describe(Call call, DescribeChangeSetInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        ChangeSetRecord changeSet = find(work, stacks, input.changeSetName(), input.stackName());
        StackRecord stack = stackOf(work, stacks, changeSet);
        return ChangeSetViews.describe(changeSet, stack);
    }

    private static StackRecord stackOf(Reading reading, Stacks stacks, ChangeSetRecord changeSet) {
        return stacks.byUuid(reading, changeSet.identity().stackUuid())
                .orElseThrow(() -> new virga.kernel.Bug(
                        "change set without its stack: " + changeSet.identity().arn()));
    }

    ListChangeSetsOutput list(Call call, ListChangeSetsInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = stacks.get(work, input.stackName());
        return ListChangeSetsOutput.builder()
                .summaries(stacks.changeSets(work, stack.uuid()).stream()
                        .map(changeSet -> ChangeSetViews.summary(changeSet, stack))
                        .toList())
                .build();
    }

    ExecuteChangeSetOutput execute(Call call, ExecuteChangeSetInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        ChangeSetRecord changeSet = find(work, stacks, input.changeSetName(), input.stackName());
        if (!changeSet.state().execution().equals("AVAILABLE")) {
            throw new InvalidChangeSetStatusException(
                    "ChangeSet [" + changeSet.identity().arn() + "] cannot be executed in its current status of ["
                            + changeSet.state().status() + "]");
        }
        StackRecord known = stackOf(work, stacks, changeSet);
        boolean keep = input.disableRollback().orElse(changeSet.onStackFailure().equals("DO_NOTHING"));
        StackRecord stack = known.with(known.options()
                .withDisableRollback(keep)
                .withChangeSet(changeSet.identity().arn()));
        String onFailure = keep ? "DO_NOTHING" : changeSet.onStackFailure().equals("DELETE") ? "DELETE" : "ROLLBACK";
        OperationStart.Settings settings = new OperationStart.Settings(
                Requests.principal(call, changeSet.revision().roleArn()),
                onFailure,
                List.of(),
                input.clientRequestToken().orElse(""));
        OperationStart start = new OperationStart(work, stacks);
        if (stack.status() == StackStatus.REVIEW_IN_PROGRESS) {
            start.create(stack, changeSet.revision(), settings);
        } else {
            start.update(stack, changeSet.revision(), settings);
        }
        for (ChangeSetRecord other : stacks.changeSets(work, stack.uuid())) {
            stacks.delete(work, other);
        }
        stacks.put(work, changeSet.with(new ChangeSetRecord.State("CREATE_COMPLETE", "EXECUTE_IN_PROGRESS", "")));
        work.detail("stack", stack.arn());
        return ExecuteChangeSetOutput.builder().build();
    }

    DeleteChangeSetOutput delete(Call call, DeleteChangeSetInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        stacks.changeSet(work, input.changeSetName(), input.stackName())
                .ifPresent(changeSet -> stacks.delete(work, changeSet));
        return DeleteChangeSetOutput.builder().build();
    }
}
