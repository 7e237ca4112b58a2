package virga.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static virga.services.cloudformation.TestingStacks.actions;
import static virga.services.cloudformation.TestingStacks.fault;
import static virga.services.cloudformation.TestingStacks.outputs;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.GetTemplateInput;
import virga.model.cloudformation.ListExportsInput;
import virga.model.cloudformation.ListImportsInput;
import virga.model.cloudformation.Stack;
import virga.model.cloudformation.UpdateTerminationProtectionInput;
import virga.model.cloudformation.ValidateTemplateInput;

final class StacksTest {
    private static final String PAIR = """
            Parameters: {Colour: {Type: String, Default: red}}
            Resources:
              First: {Type: 'AWS::XRay::Group', Properties: {Colour: !Ref Colour, Size: 1}}
              Second:
                Type: AWS::XRay::Group
                Properties: {Colour: blue, Links: [!GetAtt First.Arn, !Ref First]}
            Outputs:
              FirstColour: {Value: !GetAtt First.Colour, Export: {Name: !Sub '${AWS::StackName}-colour'}}
              Second: {Value: !Ref Second}
            """;

    private final TestingThings things = new TestingThings();
    private final TestingCloud cloud = new TestingCloud(new CloudFormationService(java.time.Duration.ZERO), things);
    private final TestingStacks stacks = new TestingStacks(cloud);

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void makesResourcesInTheOrderOfTheirNeedsAndAnswersOutputs() {
        Stack stack = stacks.create("shop", PAIR);

        assertThat(stack.stackStatus()).contains("CREATE_COMPLETE");
        assertThat(things.history()).containsExactly("create First", "create Second");
        assertThat(outputs(stack)).containsEntry("FirstColour", "red");
        assertThat(things.standing).hasSize(2);
        assertThat(things.standing.get(outputs(stack).get("Second"))).contains("arn:thing:shop-First-");
        assertThat(stacks.events("shop"))
                .containsExactly(
                        "shop CREATE_IN_PROGRESS",
                        "First CREATE_IN_PROGRESS",
                        "First CREATE_COMPLETE",
                        "Second CREATE_IN_PROGRESS",
                        "Second CREATE_COMPLETE",
                        "shop CREATE_COMPLETE");
    }

    @Test
    void makesIndependentResourcesBesideEachOther() throws InterruptedException {
        var gate = things.hold("slow");
        cloud.call(
                CloudFormation.CREATE_STACK, TestingStacks.creation("shop", """
                Resources:
                  Slow: {Type: 'AWS::XRay::Group', Properties: {Colour: slow}}
                  Quick: {Type: 'AWS::XRay::Group', Properties: {Colour: red}}
                """).build());
        var ports = cloud.environment().ports();
        while (things.history().isEmpty()) {
            Thread.yield();
        }
        assertThat(things.history()).containsExactly("create Quick");
        assertThat(ports.clock().now()).isNotNull();
        gate.countDown();

        assertThat(stacks.settled("shop").stackStatus()).contains("CREATE_COMPLETE");
    }

    @Test
    void whoAsksForAStackUnderWayIsAnsweredOnceItHasSettled() throws InterruptedException {
        TestingThings slow = new TestingThings();
        var gate = slow.hold("slow");
        try (TestingCloud patient =
                new TestingCloud(new CloudFormationService(java.time.Duration.ofMinutes(10)), slow)) {
            patient.call(
                    CloudFormation.CREATE_STACK,
                    TestingStacks.creation("shop", """
                    Resources: {A: {Type: 'AWS::XRay::Group', Properties: {Colour: slow}}}
                    """).build());
            Thread opener = Thread.startVirtualThread(gate::countDown);

            assertThat(new TestingStacks(patient).status("shop")).isEqualTo("CREATE_COMPLETE");
            opener.join();
        }
    }

    @Test
    void changesInPlaceWhatCanBeAndReplacesWhatCannot() {
        stacks.create("shop", PAIR);
        String before = stacks.describe("shop").outputs().toString();

        Stack stack = stacks.update("shop", PAIR, "Colour", "green");

        assertThat(stack.stackStatus()).contains("UPDATE_COMPLETE");
        assertThat(things.history()).endsWith("update First");
        assertThat(outputs(stack)).containsEntry("FirstColour", "green");
        assertThat(before).contains("red");

        stacks.update("shop", PAIR.replace("Size: 1", "Size: 2"), "Colour", "green");

        assertThat(things.history()).endsWith("update First", "create First", "update Second", "delete First");
        assertThat(things.standing).hasSize(2);
    }

    @Test
    void refusesAnUpdateThatChangesNothing() {
        stacks.create("shop", PAIR);

        Fault fault = fault(() -> stacks.update("shop", PAIR));

        assertThat(fault.code()).isEqualTo("ValidationError");
        assertThat(fault).hasMessage("No updates are to be performed.");
    }

    @Test
    void deletesWhatATemplateNoLongerHasAfterEverythingElse() {
        stacks.create("shop", PAIR);

        stacks.update("shop", "Resources: {Third: {Type: 'AWS::XRay::Group', Properties: {Colour: red}}}");

        assertThat(things.history()).endsWith("create Third", "delete Second", "delete First");
        assertThat(stacks.events("shop")).contains("shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "First DELETE_COMPLETE");
    }

    @Test
    void rollsAFailedCreationBackAndSaysWhy() {
        things.broken.add("blue");

        Stack stack = stacks.create("shop", PAIR);

        assertThat(stack.stackStatus()).contains("ROLLBACK_COMPLETE");
        assertThat(things.standing).isEmpty();
        assertThat(stacks.events("shop"))
                .containsSubsequence(
                        "Second CREATE_FAILED",
                        "shop ROLLBACK_IN_PROGRESS",
                        "First DELETE_COMPLETE",
                        "shop ROLLBACK_COMPLETE");
        assertThat(fault(() -> stacks.update("shop", PAIR.replace("blue", "red"))))
                .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated.");
    }

    @Test
    void leavesAFailedCreationWhereRollbackIsDisabled() {
        things.broken.add("blue");
        cloud.call(
                CloudFormation.CREATE_STACK,
                TestingStacks.creation("shop", PAIR).disableRollback(true).build());

        assertThat(stacks.settled("shop").stackStatus()).contains("CREATE_FAILED");
        assertThat(things.standing).hasSize(1);
        assertThat(stacks.settled("shop").stackStatusReason())
                .contains("The following resource(s) failed to create: [Second]. ");

        things.broken.clear();
        assertThat(stacks.update("shop", PAIR).stackStatus()).contains("UPDATE_COMPLETE");
        assertThat(things.standing).hasSize(2);
    }

    @Test
    void putsBackWhatAFailedUpdateHadChanged() {
        Stack created = stacks.create("shop", PAIR);
        List<String> before = List.copyOf(things.standing.values());
        things.broken.add("black");

        Stack stack = stacks.update(
                "shop",
                PAIR.replace("Size: 1", "Size: 2").replace("blue", "black") + "  Extra: {Value: !Ref Second}\n");

        assertThat(stack.stackStatus()).contains("UPDATE_ROLLBACK_COMPLETE");
        assertThat(things.standing.values()).containsExactlyElementsOf(before);
        assertThat(outputs(stack)).isEqualTo(outputs(created));
        assertThat(stacks.events("shop"))
                .containsSubsequence(
                        "Second UPDATE_FAILED",
                        "shop UPDATE_ROLLBACK_IN_PROGRESS",
                        "shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                        "shop UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void aRollbackThatFailsCanBeGoneOnWith() {
        stacks.create("shop", PAIR);
        things.broken.add("black");
        things.broken.add("red");

        Stack stack = stacks.update("shop", PAIR.replace("blue", "black"), "Colour", "green");
        assertThat(stack.stackStatus()).contains("UPDATE_ROLLBACK_FAILED");

        things.broken.clear();
        cloud.call(
                CloudFormation.CONTINUE_UPDATE_ROLLBACK,
                virga.model.cloudformation.ContinueUpdateRollbackInput.builder()
                        .stackName("shop")
                        .build());
        assertThat(stacks.settled("shop").stackStatus()).contains("UPDATE_ROLLBACK_COMPLETE");
        assertThat(things.standing.toString()).contains("red").doesNotContain("green");
    }

    @Test
    void deletesAStackFromTheLastResourceToTheFirst() {
        String arn = stacks.create("shop", PAIR).stackId().orElseThrow();

        Stack deleted = stacks.delete("shop");

        assertThat(deleted.stackStatus()).contains("DELETE_COMPLETE");
        assertThat(things.history()).endsWith("delete Second", "delete First");
        assertThat(fault(() -> stacks.describe("shop"))).hasMessage("Stack with id shop does not exist");
        assertThat(stacks.events(arn)).endsWith("shop DELETE_COMPLETE");
    }

    @Test
    void aDeletionThatFailsNamesTheResourceAndCanSpareIt() {
        stacks.create("shop", PAIR);
        things.broken.add("undeletable First");

        assertThat(stacks.delete("shop").stackStatus()).contains("DELETE_FAILED");

        cloud.call(
                CloudFormation.DELETE_STACK,
                virga.model.cloudformation.DeleteStackInput.builder()
                        .stackName("shop")
                        .retainResources(List.of("First"))
                        .build());
        String arn = cloud.call(
                        CloudFormation.LIST_STACKS,
                        virga.model.cloudformation.ListStacksInput.builder().build())
                .stackSummaries()
                .getFirst()
                .stackId()
                .orElseThrow();
        assertThat(stacks.settled(arn).stackStatus()).contains("DELETE_COMPLETE");
        assertThat(things.standing).hasSize(1);
    }

    @Test
    void keepsWhatItsPolicyRetains() {
        stacks.create(
                "shop",
                "Resources: {Kept: {Type: 'AWS::XRay::Group', DeletionPolicy: Retain, Properties: {Colour: red}}}");

        Stack deleted = stacks.delete("shop");

        assertThat(things.standing).hasSize(1);
        assertThat(stacks.events(deleted.stackId().orElseThrow())).contains("Kept DELETE_SKIPPED");
    }

    @Test
    void anExportIsHeldByWhoImportsIt() {
        stacks.create("shop", PAIR);
        stacks.create(
                "till", "Resources: {A: {Type: 'AWS::XRay::Group', Properties: {Colour: !ImportValue shop-colour}}}");

        assertThat(things.standing.values()).anyMatch(thing -> thing.equals("{\"Colour\":\"red\"}"));
        assertThat(cloud.call(
                                CloudFormation.LIST_EXPORTS,
                                ListExportsInput.builder().build())
                        .exports())
                .singleElement()
                .satisfies(export -> assertThat(export.value()).contains("red"));
        assertThat(cloud.call(
                                CloudFormation.LIST_IMPORTS,
                                ListImportsInput.builder()
                                        .exportName("shop-colour")
                                        .build())
                        .imports())
                .containsExactly("till");
        assertThat(fault(() -> stacks.delete("shop")))
                .hasMessage("Export shop-colour cannot be deleted as it is in use by till");
        assertThat(stacks.update("shop", PAIR, "Colour", "green").stackStatus()).contains("UPDATE_ROLLBACK_COMPLETE");

        stacks.delete("till");
        assertThat(stacks.delete("shop").stackStatus()).contains("DELETE_COMPLETE");
    }

    @Test
    void aProtectedStackIsNotDeleted() {
        stacks.create("shop", PAIR);
        cloud.call(
                CloudFormation.UPDATE_TERMINATION_PROTECTION,
                UpdateTerminationProtectionInput.builder()
                        .stackName("shop")
                        .enableTerminationProtection(true)
                        .build());

        assertThat(fault(() -> stacks.delete("shop")))
                .hasMessage("Stack [shop] cannot be deleted while TerminationProtection is enabled");
    }

    @Test
    void aChangeSetTellsWhatWouldChangeAndDoesIt() {
        var creation = stacks.changeSet("shop", "CREATE", PAIR);
        assertThat(actions(creation)).containsExactly("Add First", "Add Second");
        assertThat(stacks.status("shop")).isEqualTo("REVIEW_IN_PROGRESS");
        assertThat(stacks.execute("shop").stackStatus()).contains("CREATE_COMPLETE");

        var same = stacks.changeSet("shop", "UPDATE", PAIR);
        assertThat(same.status()).contains("FAILED");
        assertThat(same.statusReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("didn't contain changes"));
    }

    @Test
    void aChangeSetKnowsReplacementsAndWhatFollowsFromThem() {
        stacks.create("shop", PAIR);

        var changeSet = stacks.changeSet("shop", "UPDATE", PAIR.replace("Size: 1", "Size: 2") + "  More: {Value: x}\n");

        assertThat(actions(changeSet))
                .containsExactly("Modify First True [Properties]", "Modify Second False [Properties]");
        var details =
                changeSet.changes().getLast().resourceChange().orElseThrow().details();
        assertThat(details).allSatisfy(detail -> {
            assertThat(detail.evaluation()).contains("Dynamic");
            assertThat(detail.causingEntity()).contains("First");
        });
    }

    @Test
    void refusesTypesAndPropertiesThatNobodyHas() {
        assertThat(fault(() -> stacks.create("a", "Resources: {A: {Type: 'AWS::Nope::Thing'}}")))
                .hasMessage("Template format error: Unrecognized resource types: [AWS::Nope::Thing]");
        assertThat(fault(() ->
                        stacks.create("a", "Resources: {A: {Type: 'AWS::XRay::Group', Properties: {Weight: 1}}}")))
                .hasMessage(
                        "Properties validation failed for resource A with message: #: extraneous key [Weight] is not permitted");
        assertThat(fault(() -> stacks.create(
                        "a", "Resources: {A: {Type: 'AWS::XRay::Group', Properties: {Weight: 1, Length: 2}}}")))
                .hasMessage("Properties validation failed for resource A with message: #: 2 schema violations found\n"
                        + "#: extraneous key [Weight] is not permitted\n#: extraneous key [Length] is not permitted");
        Fault type = fault(() -> stacks.create("a", "Resources: {A: {Type: 'AWS::EC2::Instance'}}"));
        assertThat(type.code()).isEqualTo("VirgaUnsupported");
        assertThat(type).hasMessageContaining("AWS::EC2::Instance");
        assertThat(fault(
                        () -> stacks.create("a", "Resources: {A: {Type: 'AWS::XRay::Group', Properties: {Taste: x}}}")))
                .hasMessageContaining("AWS::XRay::Group/Taste");
        assertThat(fault(() -> stacks.describe("a"))).hasMessage("Stack with id a does not exist");
    }

    @Test
    void aSecondStackOfOneNameIsRefused() {
        stacks.create("shop", PAIR);

        Fault fault = fault(() -> stacks.create("shop", PAIR));

        assertThat(fault.code()).isEqualTo("AlreadyExistsException");
        assertThat(fault).hasMessage("Stack [shop] already exists");
    }

    @Test
    void answersTheTemplateAsItWasGiven() {
        stacks.create("shop", PAIR);

        assertThat(cloud.call(
                                CloudFormation.GET_TEMPLATE,
                                GetTemplateInput.builder().stackName("shop").build())
                        .templateBody())
                .contains(PAIR);
    }

    @Test
    void validatesWithoutMaking() {
        var answer = cloud.call(
                CloudFormation.VALIDATE_TEMPLATE,
                ValidateTemplateInput.builder().templateBody(PAIR).build());

        assertThat(answer.parameters())
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.parameterKey()).contains("Colour"));
        assertThat(things.standing).isEmpty();
    }
}
