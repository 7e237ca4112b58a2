package virga.reviewer.replay;

import java.util.List;

/**
 * One perturbed run.
 *
 * @param point where the worker died; empty for schedules without a crash
 * @param differences from the undisturbed run
 * @param reason for people
 */
public record Trial(Schedule schedule, String point, Verdict verdict, List<Difference> differences, String reason) {
    public Trial {
        differences = List.copyOf(differences);
    }
}
