package virga.reviewer.replay;

import java.util.List;

/**
 * One perturbed run.
 *
 * @param at where the worker died, or what lagged
 * @param differences from the undisturbed run, the one that shows the fault first
 * @param reason for people
 */
public record Trial(Schedule schedule, Point at, Verdict verdict, List<Difference> differences, String reason) {
    public Trial {
        differences = List.copyOf(differences);
    }

    /** For people: empty where the schedule has only one run. */
    public String point() {
        return at.words();
    }

    /** What was done to the event, for people. */
    public String done() {
        return schedule.words() + (point().isEmpty() ? "" : ", " + point());
    }

    /** Whether it shows a fault, be it that of a later stage. */
    public boolean showsFault() {
        return verdict.isFault() || verdict == Verdict.LATER_STAGE;
    }
}
