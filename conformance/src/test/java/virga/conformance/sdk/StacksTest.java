package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Export;
import software.amazon.awssdk.services.cloudformation.model.InsufficientCapabilitiesException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.TemplateParameter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, AWS CloudFormation API Reference, and "Stack operations", AWS CloudFormation User Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class StacksTest {
    private static final String STATION = """
            Parameters:
              Name: {Type: String}
              Value: {Type: String, Default: rain, AllowedValues: [rain, sun]}
              Secret: {Type: String, Default: hidden, NoEcho: true}
              Stage: {Type: String, Default: test}
            Conditions:
              Live: !Equals [!Ref Stage, live]
            Resources:
              Weather:
                Type: AWS::SSM::Parameter
                Properties: {Type: String, Name: !Ref Name, Value: !Ref Value}
              Alarms:
                Type: AWS::SQS::Queue
                Condition: Live
            Outputs:
              Weather: {Value: !GetAtt Weather.Value, Description: what it is like}
              Mode: {Value: !If [Live, busy, idle]}
            """;

    private static String value(SsmClient ssm, String name) {
        return ssm.getParameter(request -> request.name(name)).parameter().value();
    }

    private static void refused(String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Refused.with(CloudFormationException.class, "ValidationError", 400, words, call);
    }

    @Test
    void aStackIsMadeShownUpdatedAndDeleted(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        SsmClient ssm = account.client(SsmClient.builder());
        String parameter = account.name("weather");
        String name = stacks.create(
                "station",
                STATION,
                more -> more.parameters(Stacks.parameters(Map.of("Name", parameter)))
                        .tags(Tag.builder().key("team").value("weather").build()));
        var stack = stacks.stack(name);
        assertThat(stack.stackId()).matches("arn:aws:cloudformation:.*:[0-9]{12}:stack/" + name + "/[0-9a-f-]{36}");
        assertThat(stack.stackStatus()).isEqualTo(StackStatus.CREATE_COMPLETE);
        assertThat(stack.tags()).extracting(Tag::key).containsExactly("team");
        assertThat(stack.parameters())
                .contains(
                        Parameter.builder()
                                .parameterKey("Secret")
                                .parameterValue("****")
                                .build(),
                        Parameter.builder()
                                .parameterKey("Value")
                                .parameterValue("rain")
                                .build());
        assertThat(stacks.output(name, "Weather")).isEqualTo("rain");
        assertThat(stacks.output(name, "Mode")).isEqualTo("idle");
        assertThat(value(ssm, parameter)).isEqualTo("rain");
        assertThat(formation
                        .listStackResources(request -> request.stackName(name))
                        .stackResourceSummaries())
                .extracting(StackResourceSummary::logicalResourceId)
                .containsExactly("Weather");
        stacks.update(
                name,
                STATION,
                more -> more.parameters(Stacks.parameters(Map.of("Name", parameter, "Value", "sun", "Stage", "live"))));
        assertThat(value(ssm, parameter)).isEqualTo("sun");
        assertThat(stacks.output(name, "Mode")).isEqualTo("busy");
        assertThat(stacks.physical(name, "Alarms")).contains(name + "-Alarms-");
        assertThat(formation.getTemplate(request -> request.stackName(name)).templateBody())
                .isEqualTo(STATION);
        assertThat(formation
                        .listStacksPaginator(request -> request.stackStatusFilters(StackStatus.UPDATE_COMPLETE))
                        .stackSummaries())
                .anySatisfy(summary -> assertThat(summary.stackName()).isEqualTo(name));
        stacks.delete(name);
        refused("Stack with id " + name + " does not exist", () -> stacks.stack(name));
        assertThat(stacks.stack(stack.stackId()).stackStatus()).isEqualTo(StackStatus.DELETE_COMPLETE);
    }

    @Test
    void whatCannotChangeInPlaceIsReplaced(Account account) {
        Stacks stacks = Stacks.in(account);
        SqsClient sqs = account.client(SqsClient.builder());
        String template = """
                Resources:
                  Inbox:
                    Type: AWS::SQS::Queue
                    Properties: {QueueName: %s, VisibilityTimeout: %s}
                """;
        String name = stacks.create("queues", template.formatted(account.name("one"), 30));
        String first = stacks.physical(name, "Inbox");
        stacks.update(name, template.formatted(account.name("one"), 60), more -> {});
        assertThat(stacks.physical(name, "Inbox")).isEqualTo(first);
        stacks.update(name, template.formatted(account.name("two"), 60), more -> {});
        String second = stacks.physical(name, "Inbox");
        assertThat(second).endsWith(account.name("two"));
        assertThat(stacks.events(name))
                .extracting(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .containsSubsequence(
                        name + " UPDATE_IN_PROGRESS",
                        "Inbox UPDATE_COMPLETE",
                        name + " UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "Inbox DELETE_COMPLETE",
                        name + " UPDATE_COMPLETE");
        account.eventually(
                () -> sqs.listQueues(request -> request.queueNamePrefix(account.name("")))
                        .queueUrls(),
                List.of(second)::equals);
    }

    @Test
    void aCreationThatFailsIsRolledBackAndSaysWhy(Account account) {
        Stacks stacks = Stacks.in(account);
        SsmClient ssm = account.client(SsmClient.builder());
        String taken = account.name("taken");
        ssm.putParameter(request -> request.name(taken).value("mine").type(ParameterType.STRING));
        account.afterwards(() -> ssm.deleteParameter(request -> request.name(taken)));
        String name = stacks.begin("failing", """
                Resources:
                  First:
                    Type: AWS::SSM::Parameter
                    Properties: {Type: String, Name: %s, Value: a}
                  Second:
                    Type: AWS::SSM::Parameter
                    DependsOn: First
                    Properties: {Type: String, Name: %s, Value: b}
                """.formatted(account.name("free"), taken), more -> {});
        var stack = stacks.become(name, "ROLLBACK_COMPLETE");
        List<StackEvent> events = stacks.events(name);
        assertThat(events)
                .extracting(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .containsSubsequence(
                        name + " CREATE_IN_PROGRESS",
                        "First CREATE_COMPLETE",
                        "Second CREATE_FAILED",
                        name + " ROLLBACK_IN_PROGRESS",
                        "First DELETE_COMPLETE",
                        name + " ROLLBACK_COMPLETE");
        assertThat(events)
                .filteredOn(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
                .singleElement()
                .satisfies(event -> assertThat(event.resourceStatusReason()).contains("already exists"));
        assertThat(events)
                .filteredOn(event -> event.resourceStatusAsString().equals("ROLLBACK_IN_PROGRESS"))
                .singleElement()
                .satisfies(event -> assertThat(event.resourceStatusReason())
                        .contains("The following resource(s) failed to create: [Second]"));
        assertThat(value(ssm, taken)).isEqualTo("mine");
        refused(
                "is in ROLLBACK_COMPLETE state and can not be updated.",
                () -> stacks.formation()
                        .updateStack(request -> request.stackName(name)
                                .templateBody(STATION)
                                .parameters(Stacks.parameters(Map.of("Name", "other")))));
        assertThat(stack.outputs()).isEmpty();
    }

    @Test
    void anUpdateThatFailsIsTakenBack(Account account) {
        Stacks stacks = Stacks.in(account);
        SsmClient ssm = account.client(SsmClient.builder());
        String kept = account.name("kept");
        String taken = account.name("taken");
        ssm.putParameter(request -> request.name(taken).value("mine").type(ParameterType.STRING));
        account.afterwards(() -> ssm.deleteParameter(request -> request.name(taken)));
        String before = """
                Resources:
                  Kept:
                    Type: AWS::SSM::Parameter
                    Properties: {Type: String, Name: %s, Value: %s}
                """;
        String name = stacks.create("taken-back", before.formatted(kept, "old"));
        stacks.formation()
                .updateStack(request -> request.stackName(name)
                        .templateBody(
                                before.formatted(kept, "new") + """
                  Taken:
                    Type: AWS::SSM::Parameter
                    DependsOn: Kept
                    Properties: {Type: String, Name: %s, Value: b}
                """.indent(0).formatted(taken)));
        stacks.become(name, "UPDATE_ROLLBACK_COMPLETE");
        assertThat(value(ssm, kept)).isEqualTo("old");
        assertThat(stacks.events(name))
                .extracting(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .containsSubsequence(
                        "Kept UPDATE_COMPLETE",
                        "Taken CREATE_FAILED",
                        name + " UPDATE_ROLLBACK_IN_PROGRESS",
                        "Kept UPDATE_COMPLETE",
                        name + " UPDATE_ROLLBACK_COMPLETE");
        assertThat(stacks.formation()
                        .getTemplate(request -> request.stackName(name))
                        .templateBody())
                .isEqualTo(before.formatted(kept, "old"));
    }

    @Test
    void anExportIsHeldByWhoImportsIt(Account account) {
        Stacks stacks = Stacks.in(account);
        CloudFormationClient formation = stacks.formation();
        String export = account.name("export");
        String giver = stacks.create("giver", """
                Resources:
                  Inbox: {Type: AWS::SQS::Queue}
                Outputs:
                  Arn: {Value: !GetAtt Inbox.Arn, Export: {Name: %s}}
                """.formatted(export));
        String taker = stacks.create("taker", """
                Resources:
                  Copy:
                    Type: AWS::SSM::Parameter
                    Properties: {Type: String, Value: !ImportValue %s}
                """.formatted(export));
        assertThat(formation.listExportsPaginator(request -> {}).exports())
                .filteredOn(found -> found.name().equals(export))
                .extracting(Export::value)
                .containsExactly(stacks.output(giver, "Arn"));
        assertThat(formation.listImports(request -> request.exportName(export)).imports())
                .containsExactly(taker);
        refused(
                "Export " + export + " cannot be deleted as it is in use by " + taker,
                () -> formation.deleteStack(request -> request.stackName(giver)));
        stacks.delete(taker);
        refused(
                "Export '" + export + "' is not imported by any stack.",
                () -> formation.listImports(request -> request.exportName(export)));
    }

    @Test
    void parametersThatDoNotFitAreRefused(Account account) {
        Stacks stacks = Stacks.in(account);
        refused("Parameters: [Name] must have values", () -> stacks.begin("missing", STATION, more -> {}));
        refused(
                "Parameter 'Value' must be one of AllowedValues",
                () -> stacks.begin(
                        "wrong",
                        STATION,
                        more -> more.parameters(Stacks.parameters(Map.of("Name", "x", "Value", "snow")))));
        refused(
                "Parameters: [Unknown] do not exist in the template",
                () -> stacks.begin(
                        "unknown",
                        STATION,
                        more -> more.parameters(Stacks.parameters(Map.of("Name", "x", "Unknown", "y")))));
    }

    @Test
    void whatATemplateMayDoIsAcknowledged(Account account) {
        Stacks stacks = Stacks.in(account);
        String template = """
                Parameters:
                  Service: {Type: String, Default: lambda.amazonaws.com, Description: who may}
                Resources:
                  Role:
                    Type: AWS::IAM::Role
                    Properties:
                      AssumeRolePolicyDocument:
                        Version: "2012-10-17"
                        Statement:
                          - {Effect: Allow, Principal: {Service: !Ref Service}, Action: sts:AssumeRole}
                """;
        var validated = stacks.formation().validateTemplate(request -> request.templateBody(template));
        assertThat(validated.capabilities()).containsExactly(Capability.CAPABILITY_IAM);
        assertThat(validated.parameters())
                .extracting(TemplateParameter::parameterKey, TemplateParameter::description)
                .containsExactly(org.assertj.core.api.Assertions.tuple("Service", "who may"));
        Refused.with(
                InsufficientCapabilitiesException.class,
                "InsufficientCapabilitiesException",
                400,
                "Requires capabilities : [CAPABILITY_IAM]",
                () -> stacks.begin("role", template, more -> {}));
        String name = stacks.create("role", template, more -> more.capabilities(Capability.CAPABILITY_IAM));
        assertThat(stacks.physical(name, "Role")).contains("-Role-");
        refused(
                "Template format error: At least one Resources member must be defined.",
                () -> stacks.formation().validateTemplate(request -> request.templateBody("Description: nothing")));
    }

    @Test
    void aProtectedStackStays(Account account) {
        Stacks stacks = Stacks.in(account);
        String name = stacks.create(
                "protected",
                "Resources: {Inbox: {Type: AWS::SQS::Queue}}",
                more -> more.enableTerminationProtection(true));
        refused(
                "Stack [" + name + "] cannot be deleted while TerminationProtection is enabled",
                () -> stacks.formation().deleteStack(request -> request.stackName(name)));
        stacks.formation()
                .updateTerminationProtection(request -> request.stackName(name).enableTerminationProtection(false));
        stacks.delete(name);
    }

    @Test
    void whatIsThereOrNotThereOrTheSameIsRefused(Account account) {
        Stacks stacks = Stacks.in(account);
        String template = "Resources: {Inbox: {Type: AWS::SQS::Queue}}";
        String name = stacks.create("same", template);
        Refused.with(
                AlreadyExistsException.class,
                "AlreadyExistsException",
                400,
                "Stack [" + name + "] already exists",
                () -> stacks.formation()
                        .createStack(request -> request.stackName(name).templateBody(template)));
        refused(
                "No updates are to be performed.",
                () -> stacks.formation()
                        .updateStack(request -> request.stackName(name).templateBody(template)));
        refused(
                "Stack [" + account.name("gone") + "] does not exist",
                () -> stacks.formation()
                        .updateStack(request ->
                                request.stackName(account.name("gone")).templateBody(template)));
        refused(
                "Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template",
                () -> stacks.begin("dangling", """
                        Resources:
                          Copy:
                            Type: AWS::SSM::Parameter
                            Properties: {Type: String, Value: !Ref Nowhere}
                        """, more -> {}));
        stacks.formation().deleteStack(request -> request.stackName(account.name("gone")));
    }
}
