package virga.services.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.cloud.Page;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Unset;
import virga.model.events.DeadLetterConfig;
import virga.model.events.InputTransformer;
import virga.model.events.LimitExceededException;
import virga.model.events.ListTargetsByRuleRequest;
import virga.model.events.ListTargetsByRuleResponse;
import virga.model.events.PutTargetsRequest;
import virga.model.events.PutTargetsResponse;
import virga.model.events.RemoveTargetsRequest;
import virga.model.events.RemoveTargetsResponse;
import virga.model.events.RemoveTargetsResultEntry;
import virga.model.events.RetryPolicy;

/** A rule's targets. */
final class Targets {
    private static final List<String> SERVICES = List.of("lambda", "sqs", "events");
    private static final List<String> UNSUPPORTED = List.of(
            "KinesisParameters",
            "RunCommandParameters",
            "EcsParameters",
            "BatchParameters",
            "SqsParameters",
            "HttpParameters",
            "RedshiftDataParameters",
            "SageMakerPipelineParameters",
            "AppSyncParameters");

    private final EventsLimits limits;

    Targets(EventsLimits limits) {
        this.limits = limits;
    }

    PutTargetsResponse put(Call call, PutTargetsRequest input, UnitOfWork work) {
        Rule rule = Rules.existing(call, input.eventBusName(), input.rule(), work);
        Map<String, Target> targets = new LinkedHashMap<>(rule.targets());
        for (virga.model.events.Target asked : input.targets()) {
            targets.put(asked.id(), target(asked));
        }
        if (targets.size() > limits.targetsPerRule()) {
            throw new LimitExceededException("The requested resource exceeds the maximum number allowed.");
        }
        Rules.keep(work, rule.withTargets(targets));
        return PutTargetsResponse.builder()
                .failedEntryCount(0)
                .failedEntries(List.of())
                .build();
    }

    private static Target target(virga.model.events.Target asked) {
        for (String name : UNSUPPORTED) {
            if (asked.get(name).isPresent()) {
                throw Fault.unsupported("AWS::Events::Rule/Targets/" + name);
            }
        }
        if (!Arn.isArn(asked.arn())) {
            throw new Fault(
                    "ValidationException",
                    400,
                    "Parameter " + asked.arn() + " is not valid. Reason: Provided Arn is not in correct format.");
        }
        String service = Arn.parse(asked.arn()).service();
        if (!SERVICES.contains(service)) {
            throw Fault.unsupported("AWS::Events::Rule/Targets/Arn/" + service);
        }
        RetryPolicy retry = asked.retryPolicy().orElse(RetryPolicy.builder().build());
        return new Target(
                asked.id(),
                asked.arn(),
                asked.roleArn().orElse(""),
                input(asked),
                retry.maximumRetryAttempts().orElse(Target.STANDARD_RETRIES),
                retry.maximumEventAgeInSeconds().orElse(Target.STANDARD_AGE_SECONDS),
                asked.deadLetterConfig().flatMap(DeadLetterConfig::arn).orElse(""));
    }

    private static Target.Input input(virga.model.events.Target asked) {
        Optional<InputTransformer> transformer = asked.inputTransformer();
        long given = List.of(asked.input().isPresent(), asked.inputPath().isPresent(), transformer.isPresent()).stream()
                .filter(present -> present)
                .count();
        if (given > 1) {
            throw new Fault(
                    "ValidationException",
                    400,
                    "Only one of Input, InputPath, or InputTransformer must be provided for target " + asked.id()
                            + ".");
        }
        List<String> paths = new ArrayList<>(
                transformer.map(found -> found.inputPathsMap().values()).orElse(List.of()));
        asked.inputPath().ifPresent(paths::add);
        for (String path : paths) {
            if (!JsonPaths.isPath(path)) {
                throw new Fault("ValidationException", 400, "Invalid JsonPath for target " + asked.id() + ": " + path);
            }
        }
        return new Target.Input(
                asked.input().orElse(""),
                asked.inputPath().filter(path -> !path.equals("$")).orElse(""),
                transformer.map(InputTransformer::inputTemplate).orElse(""),
                transformer.map(InputTransformer::inputPathsMap).orElse(Map.of()));
    }

    RemoveTargetsResponse remove(Call call, RemoveTargetsRequest input, UnitOfWork work) {
        Rule rule = Rules.existing(call, input.eventBusName(), input.rule(), work);
        Map<String, Target> targets = new LinkedHashMap<>(rule.targets());
        List<RemoveTargetsResultEntry> failed = new ArrayList<>();
        for (String id : input.ids()) {
            if (targets.remove(id) == null) {
                failed.add(RemoveTargetsResultEntry.builder()
                        .targetId(id)
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("Rule " + rule.name() + " does not have target(s) with the given ids.")
                        .build());
            }
        }
        Rules.keep(work, rule.withTargets(targets));
        return RemoveTargetsResponse.builder()
                .failedEntryCount(failed.size())
                .failedEntries(failed)
                .build();
    }

    ListTargetsByRuleResponse list(Call call, ListTargetsByRuleRequest input, UnitOfWork work) {
        Rule rule = Rules.existing(call, input.eventBusName(), input.rule(), work);
        Page<Target> page =
                Pages.of(List.copyOf(rule.targets().values()), input.limit(), input.nextToken(), Target::id);
        return ListTargetsByRuleResponse.builder()
                .nextToken(page.nextToken())
                .targets(page.items().stream().map(Targets::shown).toList())
                .build();
    }

    private static virga.model.events.Target shown(Target target) {
        Target.Input input = target.input();
        boolean retries =
                target.retries() != Target.STANDARD_RETRIES || target.ageSeconds() != Target.STANDARD_AGE_SECONDS;
        return virga.model.events.Target.builder()
                .id(target.id())
                .arn(target.arn())
                .roleArn(Unset.ifEmpty(target.roleArn()))
                .input(Unset.ifEmpty(input.constant()))
                .inputPath(Unset.ifEmpty(input.path()))
                .inputTransformer(
                        input.template().isEmpty()
                                ? null
                                : InputTransformer.builder()
                                        .inputTemplate(input.template())
                                        .inputPathsMap(Unset.ifEmpty(input.paths()))
                                        .build())
                .retryPolicy(
                        retries
                                ? RetryPolicy.builder()
                                        .maximumRetryAttempts(target.retries())
                                        .maximumEventAgeInSeconds(target.ageSeconds())
                                        .build()
                                : null)
                .deadLetterConfig(
                        target.deadLetters().isEmpty()
                                ? null
                                : DeadLetterConfig.builder()
                                        .arn(target.deadLetters())
                                        .build())
                .build();
    }
}
