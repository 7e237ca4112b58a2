package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.cloud.spine.Cloud;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Plural;
import virga.observe.Records;
import virga.store.HistoryGone;

/**
 * Delivers recorded events again and says whether that shows. First undisturbed, twice, to learn what varies from run to run; then under
 * each schedule, each time in a new fork with cold workers. Source of the method: "Flux", OSDI 2023.
 */
public final class Replay {
    private static final int MOST_CRASHES = 12;

    private final Cloud cloud;
    private final Function<String, Records> records;
    private final Crash crash;
    private final Settling settling;

    /**
     * @param records of an open environment, by its name
     * @param crash ends the workers of a fork between a crash and the next delivery
     */
    public Replay(Cloud cloud, Function<String, Records> records, Crash crash, Settling settling) {
        this.cloud = cloud;
        this.records = records;
        this.crash = crash;
        this.settling = settling;
    }

    /**
     * Replays the event of a recorded invocation.
     *
     * @param seed of the order in which crash points are tried, where there are too many for all
     * @param progress told each step, in words
     * @throws Fault {@code RecordNotFound} where there is no such invocation
     */
    public Judgement judge(
            String environment, String invocationId, Set<Schedule> schedules, long seed, Consumer<String> progress)
            throws InterruptedException {
        CallRecord invocation = records.apply(environment)
                .read(snapshot -> snapshot.find(invocationId)
                        .filter(record -> record.kind() == CallRecord.Kind.INVOCATION)
                        .orElseThrow(() -> new Fault(
                                "RecordNotFound",
                                404,
                                "There is no invocation " + invocationId + " in " + environment)));
        Case current = new Case(invocation, seed);
        if (invocation.details().containsKey(Details.INPUT_CUT)) {
            return current.judge(Verdict.INCONCLUSIVE, "the event was too long to be kept whole", List.of());
        }
        try {
            return judge(current, Delivery.of(invocation), schedules, progress);
        } catch (HistoryGone gone) {
            return current.judge(Verdict.INCONCLUSIVE, "the state before the event is kept no more", List.of());
        }
    }

    /** Whether someone waited for the answer of a recorded invocation: then nobody but the caller would send it again. */
    public static boolean isAwaited(CallRecord invocation) {
        return Delivery.isAwaited(invocation);
    }

    private record Case(CallRecord invocation, long seed) {
        Judgement judge(Verdict verdict, String reason, List<Trial> trials) {
            return new Judgement(
                    invocation.id(),
                    invocation.cause().traceId(),
                    invocation.resources().getFirst(),
                    seed,
                    verdict,
                    reason,
                    trials);
        }
    }

    private Judgement judge(Case current, Delivery delivery, Set<Schedule> schedules, Consumer<String> progress)
            throws InterruptedException {
        progress.accept("undisturbed, twice");
        Run one = undisturbed(delivery);
        Run other = undisturbed(delivery);
        if (!one.answer().handled()) {
            return current.judge(
                    Verdict.INCONCLUSIVE,
                    "the event fails when it is replayed undisturbed: "
                            + one.answer().content().text(),
                    List.of());
        }
        if (one.calls().isEmpty() && one.effects().isEmpty() && !one.outside().isEmpty()) {
            return current.judge(Verdict.INCONCLUSIVE, unseen(one), List.of());
        }
        if (one.calls().isEmpty() && one.effects().isEmpty()) {
            return current.judge(Verdict.READ_ONLY, "no call that changes anything", List.of());
        }
        Comparison comparison = new Comparison(
                one.effects(),
                other.effects(),
                cloud.environment(delivery.scope().environment())
                        .ports()
                        .clock()
                        .now());
        comparison.learnAnswers(one.answer().content(), other.answer().content());
        Trials trials = new Trials(delivery, comparison, one);
        List<Trial> made = new ArrayList<>();
        for (Schedule schedule : Schedule.values()) {
            if (schedules.contains(schedule)) {
                progress.accept(schedule.words());
                made.addAll(
                        switch (schedule) {
                            case DUPLICATE -> List.of(duplicate(trials));
                            case AT_ONCE -> List.of(atOnce(trials));
                            case CRASH -> crashes(trials, current.seed(), progress);
                        });
            }
        }
        return conclude(current, comparison, one, made);
    }

    private static Judgement conclude(Case current, Comparison comparison, Run one, List<Trial> made) {
        Verdict worst =
                made.stream().map(Trial::verdict).max(Comparator.naturalOrder()).orElse(Verdict.INCONCLUSIVE);
        List<String> doubts = new ArrayList<>(comparison.doubts());
        if (!one.outside().isEmpty()) {
            doubts.add(unseen(one));
        }
        if (!one.settled()) {
            doubts.add("the undisturbed run did not come to rest in time");
        }
        if (!worst.isFault() && !doubts.isEmpty()) {
            return current.judge(Verdict.INCONCLUSIVE, String.join("; ", doubts), made);
        }
        String reason = made.isEmpty()
                ? "no schedule was tried"
                : Plural.of(one.effects().size(), "effect") + ", " + Plural.of(made.size(), "perturbed run");
        return current.judge(worst, reason, made);
    }

    private static String unseen(Run run) {
        return "it connects to " + String.join(", ", run.outside()) + ": what it does outside Virga is not seen";
    }

    /** What one undisturbed delivery did. */
    private record Run(
            Answer answer, List<Effect> effects, List<String> calls, boolean settled, SortedSet<String> outside) {}

    private record Trials(Delivery delivery, Comparison comparison, Run undisturbed) {
        Trial compare(Schedule schedule, String point, Fork fork, Answer last) {
            List<Effect> effects = fork.effects();
            String function = delivery.functionName();
            Judging.Found found = new Judging.Found(
                    function, comparison.differences(effects), comparison.sendsCopies(effects, function));
            return Judging.trial(schedule, point, found, last.handled(), answerChanged(last));
        }

        private boolean answerChanged(Answer last) {
            return delivery.isAwaited()
                    && !comparison
                            .masked(last.content())
                            .equals(comparison.masked(undisturbed.answer().content()));
        }
    }

    private Run undisturbed(Delivery delivery) throws InterruptedException {
        try (Fork fork = fork(delivery)) {
            Answer answer = fork.deliver(fork.newTrace());
            boolean settled = fork.settle();
            return new Run(answer, fork.effects(), fork.changingCalls(), settled, fork.outside());
        }
    }

    private Fork fork(Delivery delivery) {
        return new Fork(cloud, records, delivery, settling);
    }

    private Trial duplicate(Trials trials) throws InterruptedException {
        try (Fork fork = fork(trials.delivery())) {
            fork.deliver(fork.newTrace());
            fork.settle();
            crash.strike(fork.name());
            Answer last = deliverAgain(fork);
            return trials.compare(Schedule.DUPLICATE, "", fork, last);
        }
    }

    /** As AWS does: an event that fails is delivered again. */
    private static Answer deliverAgain(Fork fork) throws InterruptedException {
        Answer answer = fork.deliver(fork.newTrace());
        if (!answer.handled()) {
            fork.settle();
            answer = fork.deliver(fork.newTrace());
        }
        fork.settle();
        return answer;
    }

    private Trial atOnce(Trials trials) throws InterruptedException {
        try (Fork fork = fork(trials.delivery())) {
            String first = fork.newTrace();
            String second = fork.newTrace();
            fork.weather(new MeetingWeather(Set.of(first, second), fork.ports()));
            List<Answer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
            Thread beside = fork.ports().threads().start("replay-copy", () -> answers.add(fork.deliver(second)));
            answers.add(fork.deliver(first));
            beside.join();
            fork.settle();
            Answer last = answers.getFirst();
            if (answers.stream().anyMatch(answer -> !answer.handled())) {
                last = deliverAgain(fork);
            }
            return trials.compare(Schedule.AT_ONCE, "", fork, last);
        }
    }

    private List<Trial> crashes(Trials trials, long seed, Consumer<String> progress) throws InterruptedException {
        List<Trial> made = new ArrayList<>();
        for (CrashPoint point : CrashPoint.among(trials.undisturbed().calls(), MOST_CRASHES, seed)) {
            progress.accept("crash " + point);
            try (Fork fork = fork(trials.delivery())) {
                String trace = fork.newTrace();
                CrashWeather weather = new CrashWeather(trace, point, crash);
                fork.weather(weather);
                fork.deliver(trace);
                if (!weather.struck()) {
                    continue; // The call failed by itself, so there is no "after" it.
                }
                fork.settle();
                Answer last = deliverAgain(fork);
                made.add(trials.compare(Schedule.CRASH, point.toString(), fork, last));
            }
        }
        return made;
    }
}
