package virga.reviewer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.cloudformation.CloudFormation;
import virga.model.cloudformation.GetTemplateInput;
import virga.model.cloudformation.ListStacksInput;
import virga.model.cloudformation.StackSummary;
import virga.observe.RecordFilter;
import virga.observe.Records;
import virga.reviewer.replay.Crash;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Settling;
import virga.reviewer.rules.Finding;
import virga.reviewer.rules.MissingPermission;
import virga.reviewer.rules.NotIdempotent;
import virga.reviewer.rules.ScanInRequest;
import virga.reviewer.rules.Template;
import virga.reviewer.rules.TemplateRules;
import virga.store.Reading.Direction;

/** Reviews an environment: its templates, its records, and what its functions do when their events come again. */
public final class Review {
    private static final int MOST_RECORDS = 5_000;

    private final Cloud cloud;
    private final Function<String, Records> records;
    private final Replay replay;

    /**
     * @param records of an open environment, by its name
     * @param crash ends the workers of an environment: the function engine's
     */
    public Review(Cloud cloud, Function<String, Records> records, Crash crash) {
        this.cloud = cloud;
        this.records = records;
        this.replay = new Replay(cloud, records, crash, Settling.DEFAULT);
    }

    /** For single events. */
    public Replay replay() {
        return replay;
    }

    /**
     * Looks at everything. The newest event that went well is replayed for each function that a queue, a stream or an asynchronous
     * event invokes, as long as {@code patience} lasts.
     *
     * @throws Fault {@code EnvironmentNotFound}
     */
    public Report of(String environment, long seed, Duration patience, Consumer<String> progress)
            throws InterruptedException {
        LiveEnvironment live = cloud.environment(environment);
        List<String> notes = new ArrayList<>();
        List<Finding> findings = new ArrayList<>(templates(live, notes));
        List<CallRecord> recent = records.apply(environment)
                .read(snapshot -> snapshot.records(RecordFilter.ALL, MOST_RECORDS, Direction.BACKWARD));
        findings.addAll(ScanInRequest.check(recent));
        findings.addAll(MissingPermission.check(recent));
        List<Judgement> judgements = new ArrayList<>();
        Instant latest = live.ports().clock().now().plus(patience);
        for (CallRecord invocation : newestEvents(recent)) {
            String function = Arn.parse(invocation.resources().getFirst()).name();
            if (live.ports().clock().now().isAfter(latest)) {
                notes.add("no time was left to replay an event of " + function);
                continue;
            }
            Judgement judgement = replay.judge(
                    environment,
                    invocation.id(),
                    EnumSet.allOf(Schedule.class),
                    seed,
                    step -> progress.accept(function + ": " + step));
            judgements.add(judgement);
            NotIdempotent.of(judgement).ifPresent(findings::add);
        }
        findings.sort(java.util.Comparator.comparing(
                        (Finding finding) -> finding.rule().severity())
                .reversed());
        return new Report(findings, judgements, notes);
    }

    /** By function. {@code recent} is newest first. */
    private static List<CallRecord> newestEvents(List<CallRecord> recent) {
        Map<String, CallRecord> newest = new LinkedHashMap<>();
        for (CallRecord record : recent) {
            boolean event =
                    record.kind() == CallRecord.Kind.INVOCATION && !record.failed() && !Replay.isAwaited(record);
            if (event) {
                newest.putIfAbsent(record.resources().getFirst(), record);
            }
        }
        return List.copyOf(newest.values());
    }

    private static List<Finding> templates(LiveEnvironment live, List<String> notes) {
        List<Finding> findings = new ArrayList<>();
        try {
            for (StackSummary stack : live.call(
                            call(live),
                            CloudFormation.LIST_STACKS,
                            ListStacksInput.builder().build())
                    .stackSummaries()) {
                if (stack.stackStatus()
                        .filter(status -> status.startsWith("DELETE"))
                        .isPresent()) {
                    continue;
                }
                String body = live.call(
                                call(live),
                                CloudFormation.GET_TEMPLATE,
                                GetTemplateInput.builder()
                                        .stackName(stack.stackName().orElseThrow())
                                        .templateStage("Processed")
                                        .build())
                        .templateBody()
                        .orElse("");
                Template.parse(body)
                        .ifPresentOrElse(
                                template -> findings.addAll(TemplateRules.check(template)),
                                () -> notes.add("the template of "
                                        + stack.stackName().orElseThrow() + " is not JSON and was not read"));
            }
        } catch (Fault fault) {
            notes.add("templates could not be read: " + fault.getMessage());
        }
        return findings;
    }

    private static Call call(LiveEnvironment live) {
        var settings = live.settings();
        return live.newCall(
                        new Scope(live.name(), settings.accountId(), settings.region()),
                        new Principal.Root(settings.accountId()),
                        Cause.root(live.ports().ids().traceId()))
                .counted();
    }
}
