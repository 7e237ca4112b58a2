package virga.reviewer.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Arn;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Verdict;

/**
 * Rule 20 as a perturbed run shows it: with reads that lag behind writes, an event leaves something else. Where records alone raised
 * the suspicion ({@link StaleRead}), such a run proves it or takes its weight away.
 */
public final class StaleEffect {
    private static final Set<Schedule> STALE = Set.of(Schedule.STALE);
    private static final Rule PROVED = StaleRead.RULE
            .with(Rule.Severity.ERROR)
            .refutedBy("something that keeps the read more than a second behind the write on AWS");

    private StaleEffect() {}

    public static Optional<Finding> of(Judgement judgement) {
        return judgement
                .under(STALE)
                .filter(found -> found.verdict().isFault() || found.verdict() == Verdict.LATER_STAGE)
                .map(found -> new Finding(
                        PROVED,
                        Finding.Evidence.PERTURBED,
                        Subject.named(maker(found)),
                        found.sentence() + " (again: " + found.command() + ")",
                        found.traceId()));
    }

    /** The function whose effect differs; the one that was given the event where none does, as where it fails. */
    private static String maker(Judgement judgement) {
        return judgement.witness().stream()
                .flatMap(trial -> trial.differences().stream())
                .flatMap(difference -> difference.makers().stream())
                .findFirst()
                .orElseGet(() -> Arn.parse(judgement.functionArn()).name());
    }

    /** What is left of a suspicion from records after these replays; nothing where one of them proved it. */
    public static Optional<Finding> weigh(Finding suspicion, List<Judgement> judgements) {
        List<Judgement> tried = judgements.stream()
                .filter(judgement -> judgement.traceId().equals(suspicion.traceId()))
                .flatMap(judgement -> judgement.under(STALE).stream())
                .toList();
        if (!concerns(suspicion) || tried.isEmpty()) {
            return Optional.of(suspicion);
        }
        if (tried.stream().anyMatch(judgement -> of(judgement).isPresent())) {
            return Optional.empty();
        }
        boolean decided = tried.stream().noneMatch(judgement -> judgement.verdict() == Verdict.INCONCLUSIVE);
        return Optional.of(
                decided
                        ? new Finding(
                                suspicion.rule().with(Rule.Severity.NOTE),
                                suspicion.evidence(),
                                suspicion.subject(),
                                suspicion.sentence()
                                        + "; replayed with reads that lag behind, this event left the same effects",
                                suspicion.traceId())
                        : suspicion);
    }

    /** Whether a finding is such a suspicion. */
    public static boolean concerns(Finding finding) {
        return finding.rule().number() == StaleRead.RULE.number();
    }
}
