package virga.reviewer.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What replaying one recorded event showed.
 *
 * @param invocationId the record of the invocation
 * @param traceId the lineage it was recorded in
 * @param functionArn as it was invoked
 * @param reason why it could not be decided; empty otherwise
 * @param trials the perturbed runs, in order
 * @param shrunk the smallest part of the event that shows the verdict
 */
public record Judgement(
        String invocationId,
        String traceId,
        String functionArn,
        long seed,
        Verdict verdict,
        String reason,
        List<Trial> trials,
        Shrunk shrunk) {
    public Judgement {
        trials = List.copyOf(trials);
    }

    /** The first run that shows the verdict, with the smallest event. */
    public Optional<Trial> witness() {
        return Stream.concat(shrunk.trials().stream(), trials.stream())
                .filter(trial -> trial.verdict() == verdict)
                .findFirst();
    }

    /**
     * The same judgement as far as it rests on some schedules. Empty where none of them was tried, or the event alone did not let
     * anything be tried.
     */
    public Optional<Judgement> under(Set<Schedule> schedules) {
        List<Trial> some = under(schedules, trials);
        return some.stream()
                .map(Trial::verdict)
                .max(Comparator.naturalOrder())
                .map(worst -> new Judgement(
                        invocationId,
                        traceId,
                        functionArn,
                        seed,
                        worst.isFault() || verdict != Verdict.INCONCLUSIVE ? worst : verdict,
                        reason,
                        some,
                        under(schedules, shrunk.trials()).isEmpty() ? Shrunk.NOT : shrunk));
    }

    private static List<Trial> under(Set<Schedule> schedules, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> schedules.contains(trial.schedule()))
                .toList();
    }

    /** The command that shows it again: the one run that shows the verdict. */
    public String command() {
        StringBuilder command = new StringBuilder("virga replay ").append(invocationId);
        if (!shrunk.records().isEmpty()) {
            command.append(" --records ").append(shrunk.positions());
        }
        witness().ifPresent(trial -> {
            command.append(" --schedule ").append(trial.schedule().letter());
            if (!trial.at().name().isEmpty()) {
                command.append(" --point ").append(trial.at().name());
            }
        });
        return command.append(" --seed ").append(seed).toString();
    }

    /** A sentence for people. */
    public String sentence() {
        String what = witness()
                .filter(trial -> trial.showsFault() || verdict == Verdict.SAFE_LATER)
                .map(trial ->
                        trial.done() + (shrunk.words().isEmpty() ? "" : ", " + shrunk.words()) + ": " + trial.reason())
                .orElse(reason);
        return verdict.words() + (what.isEmpty() ? "" : ": " + what);
    }
}
