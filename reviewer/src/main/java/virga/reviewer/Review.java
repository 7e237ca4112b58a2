package virga.reviewer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Arn;
import virga.kernel.CallRecord;
import virga.kernel.Fault;
import virga.observe.RecordFilter;
import virga.observe.Records;
import virga.reviewer.replay.Crash;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Replay;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Settling;
import virga.reviewer.rules.Finding;
import virga.reviewer.rules.JudgementRules;
import virga.reviewer.rules.RecordRules;
import virga.reviewer.rules.StaleEffect;
import virga.reviewer.rules.Suppressions;
import virga.reviewer.rules.Template;
import virga.reviewer.rules.TemplateRules;
import virga.store.Reading.Direction;

/** Reviews an environment: its templates, its records, and what its functions do when their events come again. */
public final class Review {
    private static final int MOST_RECORDS = 5_000;

    private final Cloud cloud;
    private final Function<String, Records> records;
    private final Replay replay;

    /** @param records of an open environment, by its name */
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
     * Looks at a template alone: nothing needs to be deployed.
     *
     * @param name of the file
     * @param source as its author wrote it
     * @param processed after its transforms, JSON or YAML; {@code source} where it has none
     * @param given beside what the template suppresses itself
     * @param today on which suppressions may have expired
     * @throws Fault {@code InvalidTemplate}, {@code InvalidSuppression}, with file and line
     */
    public static Report ofTemplate(String name, String source, String processed, Suppressions given, LocalDate today) {
        Template template = Template.read(name, processed).madeOf(Template.read(name, source));
        return Report.of(
                TemplateRules.check(template),
                List.of(),
                Suppressions.of(template).and(given),
                today);
    }

    /**
     * Looks at the template of one deployed stack.
     *
     * @throws Fault {@code EnvironmentNotFound}, {@code InvalidSuppression}
     */
    public Report ofStack(String environment, String stack) {
        LiveEnvironment live = cloud.environment(environment);
        return ofStacks(live, DeployedStacks.read(live, stack), Suppressions.NONE, List.of(), List.of());
    }

    /**
     * Looks at everything. The newest event that went well is replayed for each function that a queue, a stream or an asynchronous
     * event invokes, as long as {@code patience} lasts.
     *
     * @param given beside what templates suppress themselves
     * @throws Fault {@code EnvironmentNotFound}, {@code InvalidSuppression}
     */
    public Report of(String environment, Suppressions given, long seed, Duration patience, Consumer<String> progress)
            throws InterruptedException {
        LiveEnvironment live = cloud.environment(environment);
        DeployedStacks stacks = DeployedStacks.read(live, "");
        List<CallRecord> recent = records.apply(environment)
                .read(snapshot -> snapshot.records(RecordFilter.ALL, MOST_RECORDS, Direction.BACKWARD).stream()
                        .map(snapshot::complete)
                        .toList());
        List<Finding> recorded = RecordRules.check(new Observing(cloud, live).of(recent));
        Replays replays = new Replays(live, live.ports().clock().now().plus(patience), seed, progress, stacks.notes());
        for (CallRecord invocation : newestEvents(recent)) {
            replays.judge(invocation, EnumSet.allOf(Schedule.class));
        }
        for (CallRecord invocation : suspected(recorded, recent, replays.judgements)) {
            replays.judge(invocation, EnumSet.of(Schedule.STALE));
        }
        List<Finding> findings = new ArrayList<>();
        recorded.forEach(
                finding -> StaleEffect.weigh(finding, replays.judgements).ifPresent(findings::add));
        findings.addAll(proved(replays.judgements));
        return ofStacks(live, stacks, given, findings, replays.judgements);
    }

    /** Replays events one after another, while there is time. */
    private final class Replays {
        private final LiveEnvironment live;
        private final Instant latest;
        private final long seed;
        private final Consumer<String> progress;
        private final List<String> notes;
        private final List<Judgement> judgements = new ArrayList<>();

        Replays(LiveEnvironment live, Instant latest, long seed, Consumer<String> progress, List<String> notes) {
            this.live = live;
            this.latest = latest;
            this.seed = seed;
            this.progress = progress;
            this.notes = notes;
        }

        void judge(CallRecord invocation, Set<Schedule> schedules) throws InterruptedException {
            String function = Arn.parse(invocation.resources().getFirst()).name();
            if (live.ports().clock().now().isAfter(latest)) {
                notes.add("no time was left to replay an event of " + function);
                return;
            }
            judgements.add(replay.judge(
                    live.name(), invocation.id(), schedules, seed, step -> progress.accept(function + ": " + step)));
        }
    }

    /** The awaited events that began a lineage in which something seems to read its own write, as far as no replay has shown it. */
    private static List<CallRecord> suspected(
            List<Finding> recorded, List<CallRecord> newestFirst, List<Judgement> judgements) {
        Set<String> known = judgements.stream().map(Judgement::traceId).collect(Collectors.toSet());
        Set<String> traces = recorded.stream()
                .filter(StaleEffect::concerns)
                .map(Finding::traceId)
                .filter(trace -> !known.contains(trace))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, CallRecord> first = new LinkedHashMap<>();
        for (CallRecord record : newestFirst) {
            boolean event = record.kind() == CallRecord.Kind.INVOCATION && !record.failed() && Replay.isAwaited(record);
            if (event && traces.contains(record.cause().traceId())) {
                first.put(record.cause().traceId(), record);
            }
        }
        return List.copyOf(first.values());
    }

    private static Report ofStacks(
            LiveEnvironment live,
            DeployedStacks stacks,
            Suppressions given,
            List<Finding> others,
            List<Judgement> judgements) {
        List<Finding> findings = new ArrayList<>();
        Suppressions suppressions = given;
        for (Template template : stacks.templates().values()) {
            findings.addAll(TemplateRules.check(template));
            suppressions = suppressions.and(Suppressions.of(template));
        }
        others.forEach(finding -> findings.add(finding.about(stacks.subject(finding.subject()))));
        LocalDate today = LocalDate.ofInstant(live.ports().clock().now(), ZoneOffset.UTC);
        return Report.of(findings, judgements, suppressions, today).noting(stacks.notes());
    }

    /** One finding a function and rule: its own event's before what another's event showed of it. */
    private static List<Finding> proved(List<Judgement> judgements) {
        Map<String, Finding> found = new LinkedHashMap<>();
        judgements.stream()
                .sorted(Comparator.comparing(
                        (Judgement judgement) -> !judgement.verdict().isFault()))
                .flatMap(judgement -> JudgementRules.check(judgement).stream())
                .forEach(finding -> found.putIfAbsent(finding.rule().number() + finding.resource(), finding));
        return List.copyOf(found.values());
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
}
