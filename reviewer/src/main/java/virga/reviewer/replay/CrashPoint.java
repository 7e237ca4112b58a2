package virga.reviewer.replay;

import java.util.ArrayList;
import java.util.List;
import virga.kernel.Chance;
import virga.kernel.system.SeededChance;

/**
 * Where a worker dies.
 *
 * @param call which of the invocation's changing calls, from 1
 * @param afterwards after the call took effect, before its answer arrives; else before it
 * @param name the call, for people: {@code dynamodb:PutItem}
 */
record CrashPoint(int call, boolean afterwards, String name) {
    /** The points before and after each of {@code calls}. Nothing happened before the first one, so that is no point. */
    static List<CrashPoint> of(List<String> calls) {
        List<CrashPoint> points = new ArrayList<>();
        for (int i = 1; i <= calls.size(); i++) {
            if (i > 1) {
                points.add(new CrashPoint(i, false, calls.get(i - 1)));
            }
            points.add(new CrashPoint(i, true, calls.get(i - 1)));
        }
        return points;
    }

    /** Of more points than {@code most} some, which ones by {@code seed}. */
    static List<CrashPoint> among(List<CrashPoint> all, int most, long seed) {
        List<CrashPoint> points = new ArrayList<>(all);
        Chance chance = new SeededChance(seed);
        while (points.size() > most) {
            points.remove(chance.nextInt(points.size()));
        }
        return points;
    }

    Point point() {
        String when = afterwards ? "after" : "before";
        return new Point(when + "-" + call, when + " effect " + call + " (" + name + ")");
    }
}
