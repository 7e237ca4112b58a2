package virga.services.cloudformation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.model.ServiceModel;
import virga.model.Structure;
import virga.model.cloudformation.CloudFormation;
import virga.services.cloudformation.stack.ResourceTypes;
import virga.services.cloudformation.stack.StackOperations;

/** AWS CloudFormation. */
public final class CloudFormationService implements Service {
    /** How long DescribeStacks waits for a stack that is under way: short enough for those who show progress. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration patience;

    public CloudFormationService() {
        this(PATIENCE);
    }

    /** @param patience how long DescribeStacks waits for a stack that is under way; zero to answer at once, as AWS does */
    public CloudFormationService(Duration patience) {
        this.patience = patience;
    }

    @Override
    public ServiceModel model() {
        return CloudFormation.MODEL;
    }

    @Override
    public List<String> unsupported() {
        return List.of(
                "CreateStack.RetainExceptOnCreate",
                "UpdateStack.RetainExceptOnCreate",
                "ExecuteChangeSet.RetainExceptOnCreate",
                "UpdateStack.StackPolicyDuringUpdateBody",
                "UpdateStack.StackPolicyDuringUpdateURL",
                "GetTemplateSummary.CallAs=SELF",
                "GetTemplateSummary.TemplateSummaryConfig");
    }

    @Override
    public void bind(Binder binder) {
        ResourceTypes types = new ResourceTypes(binder.provisioners());
        bindChanges(binder, types);
        bindChangeSets(binder, types);
        bindQueries(binder);
        bindTemplates(binder, types);
        binder.task(StackOperations.kind(), new StackOperations(types));
        binder.provisioner(new NestedStackProvisioner());
        binder.provisioner(new OwnProvisioners.WaitConditionHandle());
        binder.provisioner(new OwnProvisioners.CdkMetadata());
    }

    private void bindChanges(Binder binder, ResourceTypes types) {
        StackChanges changes = new StackChanges(types);
        binder.conversation(CloudFormation.CREATE_STACK, changes::create).resources(named(input -> input.stackName()));
        binder.conversation(CloudFormation.UPDATE_STACK, changes::update).resources(named(input -> input.stackName()));
        binder.conversation(CloudFormation.DELETE_STACK, changes::delete).resources(named(input -> input.stackName()));
        binder.conversation(CloudFormation.CONTINUE_UPDATE_ROLLBACK, changes::continueRollBack)
                .resources(named(input -> input.stackName()));
    }

    private void bindChangeSets(Binder binder, ResourceTypes types) {
        ChangeSets changeSets = new ChangeSets(types);
        binder.conversation(CloudFormation.CREATE_CHANGE_SET, changeSets::create)
                .resources(named(input -> input.stackName()));
        binder.atomic(CloudFormation.DESCRIBE_CHANGE_SET, changeSets::describe)
                .resources(maybe(input -> input.stackName()));
        binder.atomic(CloudFormation.LIST_CHANGE_SETS, changeSets::list).resources(named(input -> input.stackName()));
        binder.atomic(CloudFormation.EXECUTE_CHANGE_SET, changeSets::execute)
                .resources(maybe(input -> input.stackName()));
        binder.atomic(CloudFormation.DELETE_CHANGE_SET, changeSets::delete)
                .resources(maybe(input -> input.stackName()));
    }

    private void bindQueries(Binder binder) {
        StackQueries queries = new StackQueries(patience);
        binder.conversation(CloudFormation.DESCRIBE_STACKS, queries::describe)
                .resources(maybe(input -> input.stackName()));
        binder.atomic(CloudFormation.LIST_STACKS, queries::list);
        binder.atomic(CloudFormation.DESCRIBE_STACK_EVENTS, queries::events)
                .resources(named(input -> input.stackName()));
        binder.atomic(CloudFormation.DESCRIBE_STACK_RESOURCES, queries::resources)
                .resources(maybe(input -> input.stackName()));
        binder.atomic(CloudFormation.DESCRIBE_STACK_RESOURCE, queries::resource)
                .resources(named(input -> input.stackName()));
        binder.atomic(CloudFormation.LIST_STACK_RESOURCES, queries::listResources)
                .resources(named(input -> input.stackName()));
        binder.atomic(CloudFormation.LIST_EXPORTS, queries::exports);
        binder.atomic(CloudFormation.LIST_IMPORTS, queries::imports);
        binder.atomic(CloudFormation.UPDATE_TERMINATION_PROTECTION, queries::protect)
                .resources(named(input -> input.stackName()));
    }

    private void bindTemplates(Binder binder, ResourceTypes types) {
        TemplateQueries templates = new TemplateQueries(types);
        binder.atomic(CloudFormation.GET_TEMPLATE, templates::get).resources(maybe(input -> input.stackName()));
        binder.conversation(CloudFormation.GET_TEMPLATE_SUMMARY, templates::summary)
                .resources(maybe(input -> input.stackName()));
        binder.conversation(CloudFormation.VALIDATE_TEMPLATE, templates::validate);
        binder.atomic(CloudFormation.GET_STACK_POLICY, templates::policy).resources(named(input -> input.stackName()));
    }

    private static <I extends Structure> BiFunction<Call, I, List<String>> named(Function<I, String> name) {
        return (call, input) -> List.of(arn(call, name.apply(input)));
    }

    private static <I extends Structure> BiFunction<Call, I, List<String>> maybe(Function<I, Optional<String>> name) {
        return (call, input) ->
                name.apply(input).map(given -> List.of(arn(call, given))).orElse(List.of("*"));
    }

    private static String arn(Call call, String nameOrArn) {
        return nameOrArn.startsWith("arn:")
                ? nameOrArn
                : Arn.of("cloudformation", call.scope(), "stack/" + nameOrArn + "/*")
                        .toString();
    }
}
