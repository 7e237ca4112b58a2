package virga.reviewer.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.kernel.Arn;
import virga.kernel.Plural;

/** One event, or a part of it: undisturbed twice, to learn what varies from run to run, then under schedules. */
final class Perturbation {
    private static final int MOST_CRASHES = 12;
    /** AWS tries an asynchronous event three times. */
    private static final int MOST_DELIVERIES = 3;

    private final Function<Delivery, Fork> forks;
    private final Crash crash;
    private final Delivery delivery;

    Perturbation(Function<Delivery, Fork> forks, Crash crash, Delivery delivery) {
        this.forks = forks;
        this.crash = crash;
        this.delivery = delivery;
    }

    /**
     * What it came to.
     *
     * @param reason why it could not be decided, or what was tried
     */
    record Findings(Verdict verdict, String reason, List<Trial> trials) {
        static Findings none(Verdict verdict, String reason) {
            return new Findings(verdict, reason, List.of());
        }

        boolean showsFault() {
            return verdict.isFault() || verdict == Verdict.LATER_STAGE;
        }
    }

    /** What one undisturbed delivery did. */
    private record Run(
            Answer answer,
            List<Effect> effects,
            List<String> calls,
            SortedSet<String> tables,
            boolean settled,
            SortedSet<String> outside,
            SortedSet<String> unread) {}

    /** @param now the time in the environment of the event */
    Findings judge(ReplayRequest request, Instant now, Consumer<String> progress) throws InterruptedException {
        progress.accept("undisturbed, twice");
        Run one = undisturbed(1);
        Run other = undisturbed(2);
        if (!one.answer().handled()) {
            return Findings.none(
                    Verdict.INCONCLUSIVE,
                    "the event fails when it is replayed undisturbed: "
                            + one.answer().content().text());
        }
        if (one.calls().isEmpty() && one.effects().isEmpty()) {
            return one.outside().isEmpty()
                    ? Findings.none(Verdict.READ_ONLY, "no call that changes anything")
                    : Findings.none(Verdict.INCONCLUSIVE, unseen(one));
        }
        Comparison comparison = new Comparison(one.effects(), other.effects(), now);
        comparison.learnAnswers(one.answer().content(), other.answer().content());
        return conclude(comparison, one, new Trials(comparison, one, request, progress).all());
    }

    private static Findings conclude(Comparison comparison, Run one, List<Trial> made) {
        Verdict worst =
                made.stream().map(Trial::verdict).max(Comparator.naturalOrder()).orElse(Verdict.INCONCLUSIVE);
        List<String> doubts = new ArrayList<>(comparison.doubts());
        if (!one.outside().isEmpty()) {
            doubts.add(unseen(one));
        }
        if (!one.unread().isEmpty()) {
            doubts.add("inputs were too long to be kept, so what these did is not compared: "
                    + String.join(", ", one.unread()));
        }
        if (!one.settled()) {
            doubts.add("the undisturbed run did not come to rest in time");
        }
        if (!worst.isFault() && !doubts.isEmpty()) {
            return new Findings(Verdict.INCONCLUSIVE, String.join("; ", doubts), made);
        }
        String reason = made.isEmpty()
                ? "nothing was tried: the event never came to what was asked for"
                : "%s, %s"
                        .formatted(Plural.of(one.effects().size(), "effect"), Plural.of(made.size(), "perturbed run"));
        return new Findings(worst, reason, made);
    }

    private static String unseen(Run run) {
        return "it connects to " + String.join(", ", run.outside()) + ": what it does outside Virga is not seen";
    }

    /** @param time of how many deliveries this is one: what AWS counts and hands out anew varies by it */
    private Run undisturbed(int time) throws InterruptedException {
        try (Fork fork = forks.apply(delivery)) {
            Answer answer = fork.deliver(fork.newTrace(), time);
            boolean settled = fork.settle();
            return new Run(
                    answer,
                    fork.effects(),
                    fork.changingCalls(),
                    fork.writtenTables(),
                    settled,
                    fork.outside(),
                    EffectReader.unread(fork.lineage()));
        }
    }

    /** The perturbed runs. */
    private final class Trials {
        private final Comparison comparison;
        private final Run undisturbed;
        private final ReplayRequest request;
        private final Consumer<String> progress;
        private final List<Trial> made = new ArrayList<>();

        Trials(Comparison comparison, Run undisturbed, ReplayRequest request, Consumer<String> progress) {
            this.comparison = comparison;
            this.undisturbed = undisturbed;
            this.request = request;
            this.progress = progress;
        }

        List<Trial> all() throws InterruptedException {
            for (Schedule schedule : Schedule.values()) {
                if (request.schedules().contains(schedule)) {
                    progress.accept(schedule.words());
                    switch (schedule) {
                        case DUPLICATE -> duplicates();
                        case AT_ONCE -> atOnce();
                        case CRASH -> crashes();
                        case STALE -> stale();
                    }
                }
            }
            return made;
        }

        private void duplicates() throws InterruptedException {
            try (Fork fork = forks.apply(delivery)) {
                fork.deliver(fork.newTrace());
                fork.settle();
                // Copies seldom come within the second: a time in a key is another one then.
                fork.awaitDuplicate();
                // A warm worker hides faults behind its own memory.
                crash.strike(fork.name());
                Answer last = deliverAgain(fork);
                Trial cold = compare(Schedule.DUPLICATE, Point.ONLY, fork, last);
                if (request.point().isEmpty()) {
                    made.add(cold);
                }
                if (!cold.showsFault() && request.asksFor(Schedule.DUPLICATE, Point.WARM)) {
                    // And has some of its own: what one event left in memory goes into the next.
                    last = deliverAgain(fork);
                    made.add(compare(Schedule.DUPLICATE, Point.WARM, fork, last));
                }
            }
        }

        private void atOnce() throws InterruptedException {
            try (Fork fork = forks.apply(delivery)) {
                String first = fork.newTrace();
                String second = fork.newTrace();
                MeetingWeather weather = new MeetingWeather(Set.of(first, second), fork.ports());
                fork.weather(weather);
                List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
                Thread beside = fork.ports().threads().start("replay-copy", () -> {
                    answers.add(fork.deliver(second));
                    weather.done(second);
                });
                answers.add(fork.deliver(first));
                weather.done(first);
                beside.join();
                fork.settle();
                Answer last = answers.getFirst();
                if (answers.stream().anyMatch(answer -> !answer.handled())) {
                    fork.awaitRedelivery(1);
                    last = deliverAgain(fork);
                }
                made.add(compare(Schedule.AT_ONCE, Point.ONLY, fork, last));
            }
        }

        private void crashes() throws InterruptedException {
            List<CrashPoint> points = CrashPoint.of(undisturbed.calls()).stream()
                    .filter(point -> request.asksFor(Schedule.CRASH, point.point()))
                    .toList();
            for (CrashPoint point : CrashPoint.among(points, MOST_CRASHES, request.seed())) {
                progress.accept("crash " + point.point().words());
                try (Fork fork = forks.apply(delivery)) {
                    String trace = fork.newTrace();
                    CrashWeather weather = new CrashWeather(trace, point, crash);
                    fork.weather(weather);
                    fork.deliver(trace);
                    if (!weather.struck()) {
                        continue; // The call failed by itself, so there is no "after" it.
                    }
                    fork.settle();
                    fork.awaitRedelivery(1);
                    made.add(compare(Schedule.CRASH, point.point(), fork, deliverAgain(fork)));
                }
            }
        }

        /** All tables at once; where that shows a fault, the first table that shows it alone. */
        private void stale() throws InterruptedException {
            if (undisturbed.tables().isEmpty()) {
                return; // Nothing was written that a read could miss.
            }
            Point all = new Point("", "");
            Trial together = request.point().isEmpty() ? stale(all, undisturbed.tables()) : null;
            if (together != null && !together.showsFault()) {
                made.add(together);
                return;
            }
            for (String table : undisturbed.tables()) {
                String name = Arn.parse(table).name();
                Point point = new Point(name, "reads of " + name);
                if (!request.asksFor(Schedule.STALE, point)) {
                    continue;
                }
                Trial alone = stale(point, Set.of(table));
                if (together == null || alone.verdict() == together.verdict()) {
                    made.add(alone);
                    return;
                }
            }
            if (together != null) {
                made.add(together);
            }
        }

        private Trial stale(Point point, Set<String> tables) throws InterruptedException {
            try (Fork fork = forks.apply(delivery)) {
                fork.lag(tables::contains);
                Answer last = fork.deliver(fork.newTrace());
                fork.settle();
                if (!last.handled() && !delivery.isAwaited()) {
                    fork.awaitRedelivery(1);
                    last = deliverAgain(fork);
                }
                return compare(Schedule.STALE, point, fork, last);
            }
        }

        /** As AWS does: what fails is delivered again, a while later. */
        private Answer deliverAgain(Fork fork) throws InterruptedException {
            Answer answer = fork.deliver(fork.newTrace());
            fork.settle();
            for (int attempt = 2; !answer.handled() && attempt <= MOST_DELIVERIES; attempt++) {
                fork.awaitRedelivery(attempt);
                answer = fork.deliver(fork.newTrace());
                fork.settle();
            }
            return answer;
        }

        private Trial compare(Schedule schedule, Point point, Fork fork, Answer last) {
            List<Effect> effects = fork.effects();
            String function = delivery.functionName();
            Judging.Found found = new Judging.Found(
                    function, comparison.differences(effects), comparison.sendsCopies(effects, function));
            // Nobody delivers again what a caller waits for: a failure is its answer.
            boolean handled = last.handled() || schedule == Schedule.STALE && delivery.isAwaited();
            return Judging.trial(schedule, point, found, handled, answerChanged(last));
        }

        private boolean answerChanged(Answer last) {
            return delivery.isAwaited()
                    && !comparison
                            .masked(last.content())
                            .equals(comparison.masked(undisturbed.answer().content()));
        }
    }
}
