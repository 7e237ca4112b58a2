package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.ChangeSource;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.RequiresRecreation;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: "Update CloudFormation stacks using change sets", AWS CloudFormation User Guide, and the operations' pages. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class ChangeSetsTest {
    private static final String BEFORE = """
            Parameters:
              Hidden: {Type: Number, Default: 30}
              Name: {Type: String}
            Resources:
              Inbox:
                Type: AWS::SQS::Queue
                Properties: {QueueName: !Ref Name, VisibilityTimeout: !Ref Hidden}
              Pointer:
                Type: AWS::SSM::Parameter
                Properties: {Type: String, Value: !GetAtt Inbox.Arn}
              Old:
                Type: AWS::SSM::Parameter
                Properties: {Type: String, Value: old}
            """;

    private static final String AFTER = BEFORE.replace("Old:", "New:");

    private static void waitUntilMade(Account account, CloudFormationClient formation, String stack, String changeSet) {
        formation
                .waiter()
                .waitUntilChangeSetCreateComplete(
                        request -> request.stackName(stack).changeSetName(changeSet), account.waiting());
    }

    private static List<ResourceChange> changes(CloudFormationClient formation, String stack, String changeSet) {
        return formation
                .describeChangeSet(request -> request.stackName(stack).changeSetName(changeSet))
                .changes()
                .stream()
                .map(Change::resourceChange)
                .toList();
    }

    @Test
    void aNewStackIsLookedAtBeforeItIsMade(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        String name = account.name("reviewed");
        var made = formation.createChangeSet(request -> request.stackName(name)
                .changeSetName("first")
                .changeSetType(ChangeSetType.CREATE)
                .templateBody(BEFORE)
                .parameters(Stacks.parameters(Map.of("Name", account.name("inbox")))));
        account.afterwards(() -> stacks.delete(name));
        waitUntilMade(account, formation, name, "first");
        assertThat(stacks.stack(name).stackStatusAsString()).isEqualTo("REVIEW_IN_PROGRESS");
        assertThat(changes(formation, name, "first"))
                .extracting(ResourceChange::action, ResourceChange::logicalResourceId)
                .containsExactlyInAnyOrder(
                        tuple(ChangeAction.ADD, "Inbox"),
                        tuple(ChangeAction.ADD, "Pointer"),
                        tuple(ChangeAction.ADD, "Old"));
        formation.executeChangeSet(request -> request.changeSetName(made.id()));
        formation.waiter().waitUntilStackCreateComplete(request -> request.stackName(name), account.waiting());
        assertThat(stacks.stack(name).changeSetId()).isEqualTo(made.id());
    }

    @Test
    void anUpdateTellsWhatItWouldDoToEachResource(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        String name = stacks.create(
                "changing", BEFORE, more -> more.parameters(Stacks.parameters(Map.of("Name", account.name("one")))));
        String old = stacks.physical(name, "Old");
        formation.createChangeSet(request -> request.stackName(name)
                .changeSetName("next")
                .templateBody(AFTER)
                .parameters(Stacks.parameters(Map.of("Name", account.name("two"), "Hidden", "60"))));
        waitUntilMade(account, formation, name, "next");
        List<ResourceChange> changes = changes(formation, name, "next");
        assertThat(changes)
                .extracting(ResourceChange::action, ResourceChange::logicalResourceId, ResourceChange::replacement)
                .containsExactlyInAnyOrder(
                        tuple(ChangeAction.MODIFY, "Inbox", Replacement.TRUE),
                        tuple(ChangeAction.MODIFY, "Pointer", Replacement.FALSE),
                        tuple(ChangeAction.ADD, "New", null),
                        tuple(ChangeAction.REMOVE, "Old", null));
        ResourceChange inbox = changes.stream()
                .filter(change -> change.logicalResourceId().equals("Inbox"))
                .findFirst()
                .orElseThrow();
        assertThat(inbox.details())
                .filteredOn(detail -> detail.changeSource() == ChangeSource.PARAMETER_REFERENCE)
                .extracting(
                        detail -> detail.target().name(),
                        detail -> detail.target().requiresRecreation(),
                        detail -> detail.causingEntity())
                .containsExactlyInAnyOrder(
                        tuple("QueueName", RequiresRecreation.ALWAYS, "Name"),
                        tuple("VisibilityTimeout", RequiresRecreation.NEVER, "Hidden"));
        assertThat(changes)
                .filteredOn(change -> change.logicalResourceId().equals("Old"))
                .extracting(ResourceChange::physicalResourceId)
                .containsExactly(old);
        formation.executeChangeSet(request -> request.stackName(name).changeSetName("next"));
        formation.waiter().waitUntilStackUpdateComplete(request -> request.stackName(name), account.waiting());
        assertThat(stacks.physical(name, "Inbox")).endsWith(account.name("two"));
    }

    @Test
    void aChangeSetWithoutChangesFails(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        String name = stacks.create("same", "Resources: {Inbox: {Type: AWS::SQS::Queue}}");
        formation.createChangeSet(
                request -> request.stackName(name).changeSetName("empty").usePreviousTemplate(true));
        var failed = account.eventually(
                () -> formation.describeChangeSet(
                        request -> request.stackName(name).changeSetName("empty")),
                found -> found.status() == ChangeSetStatus.FAILED);
        assertThat(failed.statusReason()).contains("didn't contain changes");
        assertThat(failed.executionStatus()).isEqualTo(ExecutionStatus.UNAVAILABLE);
        Refused.with(
                CloudFormationException.class,
                "InvalidChangeSetStatus",
                400,
                "cannot be executed in its current status of [FAILED]",
                () -> formation.executeChangeSet(
                        request -> request.stackName(name).changeSetName("empty")));
    }

    @Test
    void changeSetsAreListedAndDeleted(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        String name = stacks.create("listed", "Resources: {Inbox: {Type: AWS::SQS::Queue}}");
        for (String changeSet : List.of("a", "b")) {
            formation.createChangeSet(request -> request.stackName(name)
                    .changeSetName(changeSet)
                    .templateBody(
                            "Resources: {Inbox: {Type: AWS::SQS::Queue}, " + changeSet + ": {Type: AWS::SQS::Queue}}"));
            waitUntilMade(account, formation, name, changeSet);
        }
        assertThat(formation
                        .listChangeSetsPaginator(request -> request.stackName(name))
                        .summaries())
                .extracting(ChangeSetSummary::changeSetName)
                .containsExactlyInAnyOrder("a", "b");
        formation.deleteChangeSet(request -> request.stackName(name).changeSetName("a"));
        account.eventually(
                () -> formation
                        .listChangeSets(request -> request.stackName(name))
                        .summaries()
                        .size(),
                Integer.valueOf(1)::equals);
        Refused.with(
                ChangeSetNotFoundException.class,
                "ChangeSetNotFound",
                404,
                "ChangeSet [a] does not exist",
                () -> formation.describeChangeSet(
                        request -> request.stackName(name).changeSetName("a")));
    }
}
