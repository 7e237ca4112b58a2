package virga.reviewer.replay;

import java.util.List;
import java.util.Optional;

/**
 * What replaying one recorded event showed.
 *
 * @param invocationId the record of the invocation
 * @param traceId the lineage it was recorded in
 * @param functionArn as it was invoked
 * @param reason why it could not be decided; empty otherwise
 * @param trials the perturbed runs, in order
 */
public record Judgement(
        String invocationId,
        String traceId,
        String functionArn,
        long seed,
        Verdict verdict,
        String reason,
        List<Trial> trials) {
    public Judgement {
        trials = List.copyOf(trials);
    }

    /** The first run that shows the verdict. */
    public Optional<Trial> witness() {
        return trials.stream().filter(trial -> trial.verdict() == verdict).findFirst();
    }

    /** The command that shows it again. */
    public String command() {
        String schedule = witness()
                .map(trial -> " --schedule " + trial.schedule().letter())
                .orElse("");
        return "virga replay " + invocationId + schedule + " --seed " + seed;
    }

    /** A sentence for people. */
    public String sentence() {
        String what = witness()
                .filter(trial -> verdict.isFault() || verdict == Verdict.SAFE_LATER || verdict == Verdict.LATER_STAGE)
                .map(trial -> trial.schedule().words() + (trial.point().isEmpty() ? "" : ", " + trial.point()) + ": "
                        + trial.reason())
                .orElse(reason);
        return verdict.words() + (what.isEmpty() ? "" : ": " + what);
    }
}
