package virga.reviewer.rules;

import java.util.List;
import java.util.Optional;
import virga.kernel.Arn;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Schedule;
import virga.reviewer.replay.Verdict;

/** Rules 13 and 14: a function that does not bear being given an event twice, or only after a crash shows it. */
public final class NotIdempotent {
    private static final Rule PLAIN = new Rule(
            13,
            "not idempotent",
            Rule.Severity.ERROR,
            Question.RESILIENCY,
            Rule.guide("not-idempotent"),
            "a reason why more effects are meant: suppress it with that reason");
    private static final Rule UNDER_CRASH = new Rule(
            14,
            "not idempotent under crash",
            Rule.Severity.ERROR,
            Question.RESILIENCY,
            Rule.guide("crash-between-effects"),
            "a consumer outside Virga that recognises what it has seen");
    static final List<Rule> RULES = List.of(PLAIN, UNDER_CRASH);

    private NotIdempotent() {}

    /** The finding is about the function that made the effect: that may be a later one than the event was delivered to. */
    public static Optional<Finding> of(Judgement whole) {
        return whole.under(Schedule.REDELIVERIES).flatMap(NotIdempotent::found);
    }

    private static Optional<Finding> found(Judgement judgement) {
        boolean later = judgement.verdict() == Verdict.LATER_STAGE;
        if (!judgement.verdict().isFault() && !later) {
            return Optional.empty();
        }
        boolean plain =
                judgement.trials().stream().anyMatch(trial -> trial.schedule() != Schedule.CRASH && trial.showsFault());
        String delivered = Arn.parse(judgement.functionArn()).resource().split(":")[1];
        String maker = later
                ? judgement.witness().stream()
                        .flatMap(trial -> trial.differences().stream())
                        .flatMap(difference -> difference.makers().stream())
                        .findFirst()
                        .orElse(delivered)
                : delivered;
        String sentence = (later ? "given copies by " + delivered + ": " : "") + judgement.sentence() + " (again: "
                + judgement.command() + ")";
        return Optional.of(new Finding(
                plain || later ? PLAIN : UNDER_CRASH,
                Finding.Evidence.PERTURBED,
                Subject.named(maker),
                sentence,
                judgement.traceId()));
    }
}
