package virga.simulator.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/**
 * What became of each call of a function whose caller waits, by its tag: a call has one of the places that its function, or the account,
 * has, and runs once; a throttled one does not run, and there is none where a place is free.
 */
final class CallLedger {
    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final int accountLimit;
    private final Map<String, Attempt> attempts = new TreeMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final Map<String, List<OptionalInt>> reserved = new HashMap<>();
    /** Which of its reservations a function has at least, by its name: a later one may hold already. */
    private final Map<String, Integer> certain = new HashMap<>();

    CallLedger(Simulation simulation, SimulatedCloud cloud, int accountLimit) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.accountLimit = accountLimit;
    }

    private enum End {
        UNDER_WAY,
        ANSWERED,
        THROTTLED,
        LOST
    }

    /** One call. What is reserved may change meanwhile: it has the bounds of all that held. */
    private final class Attempt {
        private final String function;
        private final int life = cloud.lives();
        private final int reservationsBefore;
        private int mostOthers;
        private boolean began;
        private boolean failed;
        private End end = End.UNDER_WAY;

        Attempt(String function) {
            this.function = function;
            this.reservationsBefore = certain.getOrDefault(function, 0);
            this.mostOthers = (int) attempts.values().stream()
                    .filter(other -> other.end == End.UNDER_WAY && sharesPlacesWith(other))
                    .count();
        }

        boolean sharesPlacesWith(Attempt other) {
            return function.equals(other.function) || mayBeUnreserved() && other.mayBeUnreserved();
        }

        private List<OptionalInt> held() {
            List<OptionalInt> all = reservations(function);
            return all.subList(reservationsBefore, all.size());
        }

        boolean mayBeUnreserved() {
            return held().stream().anyMatch(OptionalInt::isEmpty);
        }

        /** The most places that it can have found there. */
        int most() {
            return held().stream()
                    .mapToInt(places -> places.orElse(accountLimit))
                    .max()
                    .orElseThrow();
        }

        /** The fewest places that it can have found there. */
        int fewest() {
            return held().stream()
                    .mapToInt(places -> places.orElse(accountLimit - mostReserved()))
                    .min()
                    .orElseThrow();
        }
    }

    private List<OptionalInt> reservations(String function) {
        return reserved.computeIfAbsent(function, unused -> new ArrayList<>());
    }

    /** What all functions together can have reserved at any time. */
    private int mostReserved() {
        return reserved.values().stream()
                .mapToInt(all ->
                        all.stream().mapToInt(places -> places.orElse(0)).max().orElse(0))
                .sum();
    }

    /** The function may have so many places of its own from now on. */
    void reserving(String function, OptionalInt places) {
        reservations(function).add(places);
    }

    /** What was reserved last holds. */
    void reserved(String function) {
        certain.put(function, reservations(function).size() - 1);
    }

    void calling(String tag, String function) {
        Attempt attempt = new Attempt(function);
        attempts.values().stream()
                .filter(other -> other.end == End.UNDER_WAY && other.sharesPlacesWith(attempt))
                .forEach(other -> other.mostOthers++);
        attempts.put(tag, attempt);
    }

    /** The function begins with a call. @return the life of the cloud in which it does */
    int begins(String tag, String function) {
        Attempt attempt = attempts.get(tag);
        int life = cloud.lives();
        if (attempt == null || !attempt.function.equals(function)) {
            simulation.fail("a function gets only what was sent", tag + " came to " + function);
            return life;
        }
        if (attempt.began) {
            simulation.fail("a call whose caller waits runs once", tag);
        }
        if (attempt.end != End.UNDER_WAY) {
            simulation.fail("what has been answered does not run any more", tag + ": " + attempt.end);
        }
        attempt.began = true;
        int now = busy.merge(life + function, 1, Integer::sum);
        if (now > attempt.most()) {
            simulation.fail("reserved concurrency is kept", now + " of " + function + " at once: " + attempt.held());
        }
        int all = busy.merge(life + "", 1, Integer::sum);
        if (all > accountLimit + mostReserved()) {
            simulation.fail("the account's concurrency is kept", all + " at once, at most " + accountLimit);
        }
        return life;
    }

    void ended(String tag, String function, int life, boolean failed) {
        attempts.get(tag).failed = failed;
        busy.merge(life + function, -1, Integer::sum);
        busy.merge(life + "", -1, Integer::sum);
    }

    /** @param said what the answer says that it is the answer to */
    void answered(String tag, String said, boolean functionError) {
        Attempt attempt = attempts.get(tag);
        attempt.end = End.ANSWERED;
        if (!attempt.began || attempt.failed != functionError || !functionError && !said.contains("\"" + tag + "\"")) {
            simulation.fail("an answer is the function's own", tag + ": " + said + (functionError ? ", an error" : ""));
        }
    }

    void throttled(String tag) {
        Attempt attempt = attempts.get(tag);
        attempt.end = End.THROTTLED;
        if (attempt.began) {
            simulation.fail("a throttled call leaves no trace of work", tag);
        }
        if (attempt.mostOthers < attempt.fewest() && attempt.life == cloud.lives()) {
            simulation.fail(
                    "a place that is free is given",
                    tag + " was throttled with " + attempt.mostOthers + " others of " + attempt.fewest());
        }
    }

    void lost(String tag) {
        attempts.get(tag).end = End.LOST;
    }
}
