package virga.reviewer.rules;

import java.util.Optional;
import virga.kernel.Arn;
import virga.reviewer.replay.Judgement;
import virga.reviewer.replay.Schedule;

/** Rules 13 and 14: a function that does not bear being given an event twice, or only after a crash shows it. */
public final class NotIdempotent {
    private static final Rule PLAIN = new Rule(
            13,
            "not idempotent",
            Rule.Severity.ERROR,
            Rule.FAILURES,
            "a reason why more effects are meant: declare them as accumulating by design");
    private static final Rule UNDER_CRASH = new Rule(
            14,
            "not idempotent under crash",
            Rule.Severity.ERROR,
            Rule.FAILURES,
            "a consumer outside Virga that recognises what it has seen");

    private NotIdempotent() {}

    public static Optional<Finding> of(Judgement judgement) {
        if (!judgement.verdict().isFault()) {
            return Optional.empty();
        }
        boolean plain = judgement.trials().stream()
                .anyMatch(trial ->
                        trial.schedule() != Schedule.CRASH && trial.verdict().isFault());
        String function = Arn.parse(judgement.functionArn()).name();
        return Optional.of(new Finding(
                plain ? PLAIN : UNDER_CRASH,
                Finding.Evidence.PERTURBED,
                function,
                judgement.sentence() + " (again: " + judgement.command() + ")",
                judgement.traceId()));
    }
}
