package virga.reviewer.replay;

import java.util.List;
import java.util.Set;
import virga.kernel.Fault;

/**
 * What to try with a recorded event.
 *
 * @param seed of which crash points are tried, where there are too many for all
 * @param point the one run of one schedule, as {@link Point#name} has it; empty for all
 * @param records the positions, from 1, of the records of a batch that are delivered; empty for all
 */
public record ReplayRequest(Set<Schedule> schedules, long seed, String point, List<Integer> records) {
    /** @throws Fault {@code InvalidRequest} for a point of no or several schedules */
    public ReplayRequest {
        schedules = Set.copyOf(schedules);
        records = List.copyOf(records);
        if (!point.isEmpty() && schedules.size() != 1) {
            throw new Fault("InvalidRequest", 400, "A point belongs to one schedule: give that too");
        }
    }

    /** The whole event, under all that these schedules have. */
    public static ReplayRequest of(Set<Schedule> schedules, long seed) {
        return new ReplayRequest(schedules, seed, "", List.of());
    }

    /** The same schedules with a part of the event. */
    ReplayRequest with(Schedule schedule, List<Integer> positions) {
        return new ReplayRequest(Set.of(schedule), seed, "", positions);
    }

    boolean asksFor(Schedule schedule, Point at) {
        return schedules.contains(schedule) && (point.isEmpty() || point.equals(at.name()));
    }
}
