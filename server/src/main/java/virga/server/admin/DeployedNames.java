package virga.server.admin;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.apigatewayv2.ApiGatewayV2;
import virga.model.apigatewayv2.GetApisRequest;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.ListStackResourcesInput;
import virga.model.cloudformation.ListStacksInput;
import virga.model.cloudformation.StackResourceSummary;
import virga.observe.Names;
import virga.observe.Resource;
import virga.observe.Resource.Kind;

/**
 * What the resources of the environments' own accounts are called in the templates that made them, and the names of APIs. The stacks
 * themselves are asked, as any client would ask them, but no more often than every few seconds: pages ask all the time.
 */
public final class DeployedNames {
    private static final Duration KEPT = Duration.ofSeconds(3);

    private static final Map<String, Kind> KINDS = Map.of(
            "AWS::ApiGatewayV2::Api", Kind.API,
            "AWS::DynamoDB::Table", Kind.TABLE,
            "AWS::DynamoDB::GlobalTable", Kind.TABLE,
            "AWS::Events::EventBus", Kind.BUS,
            "AWS::Lambda::Function", Kind.FUNCTION,
            "AWS::S3::Bucket", Kind.BUCKET,
            "AWS::SNS::Topic", Kind.TOPIC,
            "AWS::SQS::Queue", Kind.QUEUE,
            "AWS::StepFunctions::StateMachine", Kind.STATE_MACHINE);

    private final Cloud cloud;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    public DeployedNames(Cloud cloud) {
        this.cloud = cloud;
    }

    /** What a resource is known by: names are unique in a kind. */
    private record Made(Kind kind, String name) {}

    private record Read(long nanos, Map<Made, Names.Name> names) implements Names {
        @Override
        public Optional<Name> find(Resource resource) {
            return Optional.ofNullable(names.get(new Made(resource.kind(), resource.name())));
        }
    }

    /** Of an environment; what ARNs say where it is not open. */
    public Names of(String environment) {
        Optional<LiveEnvironment> live = cloud.find(environment);
        if (live.isEmpty()) {
            read.remove(environment);
            return Names.OF_ARNS;
        }
        long now = live.get().ports().clock().nanos();
        return read.compute(
                environment,
                (name, known) -> known != null && now - known.nanos < KEPT.toNanos()
                        ? known
                        : new Read(now, new Reading(live.get()).all()));
    }

    /** One reading of all stacks and APIs. */
    private record Reading(LiveEnvironment live, Map<Made, Names.Name> names) {
        Reading(LiveEnvironment live) {
            this(live, new HashMap<>());
        }

        Map<Made, Names.Name> all() {
            try {
                ask(CloudFormation.LIST_STACKS, ListStacksInput.builder().build()).stackSummaries().stream()
                        .filter(stack -> !stack.stackStatus().orElse("").equals("DELETE_COMPLETE"))
                        .flatMap(stack -> stack.stackName().stream())
                        .forEach(this::addStack);
                ask(ApiGatewayV2.GET_APIS, GetApisRequest.builder().build())
                        .items()
                        .forEach(api -> addApi(
                                new Made(Kind.API, api.apiId().orElse("")),
                                api.name().orElse("")));
            } catch (Fault closing) {
                // An environment that is being emptied or closed has nothing to be called by.
            }
            return names;
        }

        private void addStack(String stack) {
            List<StackResourceSummary> resources = ask(
                            CloudFormation.LIST_STACK_RESOURCES,
                            ListStackResourcesInput.builder().stackName(stack).build())
                    .stackResourceSummaries();
            for (StackResourceSummary resource : resources) {
                Kind kind = KINDS.get(resource.resourceType().orElse(""));
                if (kind != null) {
                    String physical = resource.physicalResourceId().orElse("");
                    // A queue's is its URL, a topic's its ARN.
                    int cut = Math.max(physical.lastIndexOf('/'), physical.lastIndexOf(':'));
                    names.put(
                            new Made(kind, physical.substring(cut + 1)),
                            new Names.Name(resource.logicalResourceId().orElse(""), stack));
                }
            }
        }

        private void addApi(Made made, String name) {
            String stack =
                    Optional.ofNullable(names.get(made)).map(Names.Name::stack).orElse("");
            names.put(made, new Names.Name(name, stack));
        }

        /** As the account's root; leaves no record. */
        private <I extends Structure, O extends Structure> O ask(Operation<I, O> operation, I input) {
            var settings = live.settings();
            Call call = live.newCall(
                    new Scope(live.name(), settings.accountId(), settings.region()),
                    new Principal.Root(settings.accountId()),
                    Cause.root(live.ports().ids().traceId()));
            return live.call(call.counted(), operation, input);
        }
    }
}
