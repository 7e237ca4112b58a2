package virga.simulator.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import virga.simulator.schedule.Simulation;

/**
 * What a table has answered. Each answer is held against the earlier ones as it comes. Every write has a version of its own, so the
 * stream, read in the end, tells in which order the writes of a key took effect; each answer must have a place in that order that agrees
 * with when it was given. An item that is not there has the version {@link #ABSENT}.
 */
final class TableLedger {
    static final String ABSENT = "";

    private final Simulation simulation;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<List<Attempt>> transactions = new ArrayList<>();
    private final TableSoFar soFar;
    private int moments;

    TableLedger(Simulation simulation) {
        this.simulation = simulation;
        this.soFar = new TableSoFar(simulation);
    }

    /** What a client knows of its write. A lost one may have happened before the client learned that it is lost, never later. */
    private enum Outcome {
        UNDER_WAY,
        ACKNOWLEDGED,
        REFUSED,
        LOST
    }

    /** One change in the stream. */
    record Step(String before, String after) {}

    /** A write of one key, or a look at it. */
    final class Attempt {
        private final String key;
        private final Optional<String> expected;
        private final Optional<String> after;
        private final int began;
        private int ended;
        private Outcome outcome = Outcome.UNDER_WAY;
        private Optional<String> seen = Optional.empty();
        private OptionalInt counted = OptionalInt.empty();

        private Attempt(String key, Optional<String> expected, Optional<String> after) {
            this.key = key;
            this.expected = expected;
            this.after = after;
            this.began = moments++;
        }

        private void end(Outcome how) {
            outcome = how;
            ended = moments++;
        }

        /** It took effect, on an item that was {@code before}. */
        void acknowledged(String before) {
            seen = Optional.of(before);
            end(Outcome.ACKNOWLEDGED);
            soFar.replaced(key, before, began, ended);
            if (expected.filter(wanted -> !wanted.equals(before)).isPresent()) {
                simulation.fail("a write waits for its condition", this + " was done on " + quoted(before));
            }
        }

        /** It took effect as the {@code count}th change of its key. */
        void acknowledgedAs(int count) {
            counted = OptionalInt.of(count);
            end(Outcome.ACKNOWLEDGED);
            soFar.counted(key, count, began, ended);
        }

        /** It took effect; the answer does not say on what. */
        void acknowledged() {
            end(Outcome.ACKNOWLEDGED);
            soFar.there(key, ended);
        }

        /** Its condition did not hold, of an item that was {@code found}. */
        void refused(String found) {
            seen = Optional.of(found);
            end(Outcome.REFUSED);
            soFar.seen(key, found, began);
            if (expected.filter(found::equals).isPresent()) {
                simulation.fail("a write whose condition holds is done", this + " was refused");
            }
        }

        void refused() {
            end(Outcome.REFUSED);
        }

        void lost() {
            end(Outcome.LOST);
        }

        private boolean isDeletion() {
            return after.filter(ABSENT::equals).isPresent();
        }

        @Override
        public String toString() {
            return key
                    + expected.map(from -> " from " + quoted(from)).orElse("")
                    + after.map(to -> " to " + quoted(to)).orElse(" was looked at");
        }
    }

    static String quoted(String version) {
        return version.equals(ABSENT) ? "nothing" : version;
    }

    /** A write of {@code after} begins. @param expected the version that its condition asks for */
    Attempt writing(String key, Optional<String> expected, String after) {
        Attempt attempt = new Attempt(key, expected, Optional.of(after));
        soFar.writing(key, after);
        attempts.add(attempt);
        return attempt;
    }

    /** A consistent read begins; it ends with {@link #sees} or is forgotten. */
    Attempt looking(String key) {
        return new Attempt(key, Optional.empty(), Optional.empty());
    }

    void sees(Attempt look, String version) {
        look.seen = Optional.of(version);
        look.end(Outcome.REFUSED);
        soFar.seen(look.key, version, look.began);
        attempts.add(look);
    }

    /** These writes are one transaction. */
    void together(List<Attempt> writes) {
        transactions.add(List.copyOf(writes));
    }

    /**
     * Checks everything that was answered.
     *
     * @param stream the changes of each key, in the stream's order
     * @param table the version of each key in the end
     */
    void check(Map<String, List<Step>> stream, Map<String, String> table) {
        Set<String> keys = new HashSet<>(stream.keySet());
        attempts.forEach(attempt -> keys.add(attempt.key));
        Map<String, List<String>> orders = new TreeMap<>();
        for (String key : keys.stream().sorted().toList()) {
            List<String> order = order(key, stream.getOrDefault(key, List.of()));
            if (!order.getLast().equals(table.getOrDefault(key, ABSENT))) {
                simulation.fail(
                        "the stream adds up to the table",
                        key + " is " + quoted(table.getOrDefault(key, ABSENT)) + ", the stream ends with "
                                + quoted(order.getLast()));
            }
            orders.put(key, order);
        }
        orders.forEach((key, order) -> checkKey(key, order));
        transactions.forEach(writes -> checkTransaction(writes, orders));
    }

    /** The versions of a key, one after the other, from its absence on. */
    private List<String> order(String key, List<Step> steps) {
        List<String> order = new ArrayList<>(List.of(ABSENT));
        Set<String> known = new HashSet<>();
        attempts.stream()
                .filter(attempt -> attempt.key.equals(key))
                .forEach(attempt -> attempt.after.ifPresent(known::add));
        for (Step step : steps) {
            if (!step.before().equals(order.getLast())) {
                simulation.fail(
                        "the stream has every change once and in order",
                        key + " went from " + quoted(step.before()) + " to " + quoted(step.after()) + ", but was "
                                + quoted(order.getLast()));
            }
            if (!step.after().equals(ABSENT) && order.contains(step.after())) {
                simulation.fail("a write happens once", key + " became " + step.after() + " twice");
            }
            if (!known.contains(step.after())) {
                simulation.fail("only what was written is there", key + " became " + quoted(step.after()));
            }
            order.add(step.after());
        }
        return order;
    }

    private void checkKey(String key, List<String> order) {
        List<Attempt> ofKey = attempts.stream()
                .filter(attempt -> attempt.key.equals(key))
                .sorted(Comparator.comparingInt(attempt -> attempt.ended))
                .toList();
        List<Placed> placed = new ArrayList<>();
        for (Attempt attempt : ofKey) {
            int earliest = placed.stream()
                    .filter(other -> other.attempt.ended < attempt.began)
                    .mapToInt(Placed::place)
                    .max()
                    .orElse(0);
            boolean writes = attempt.after.isPresent() && attempt.outcome != Outcome.REFUSED;
            int place = writes ? placeOfWrite(attempt, order) : placeOfLook(attempt, order, earliest);
            if (place == NOWHERE) {
                continue;
            }
            boolean twice = writes && placed.stream().anyMatch(other -> other.writes && other.place == place);
            if (twice) {
                simulation.fail("a change has one writer", attempt + " was acknowledged as another's change " + place);
            }
            if (place < earliest || writes && place == earliest) {
                simulation.fail(
                        "answers have one order",
                        attempt + " saw or made change " + place + " after change " + earliest + " had been answered");
            }
            placed.add(new Placed(attempt, place, writes));
        }
    }

    /** An answer with its place among the changes of its key. */
    private record Placed(Attempt attempt, int place, boolean writes) {}

    private static final int NOWHERE = -1;

    /** A write's place; checks that what was acknowledged happened, on what it was said to have found. */
    private int placeOfWrite(Attempt write, List<String> order) {
        int place = write.isDeletion() ? placeOfDeletion(write, order) : order.indexOf(write.after.orElseThrow());
        if (place == NOWHERE) {
            if (write.outcome == Outcome.ACKNOWLEDGED) {
                simulation.fail("nothing acknowledged is lost", write + " was acknowledged, the stream has it not");
            }
            return NOWHERE;
        }
        if (write.counted.isPresent() && write.counted.getAsInt() != place) {
            simulation.fail(
                    "a counter counts each addition once",
                    write + " answered " + write.counted.getAsInt() + ", but was addition " + place);
        }
        String before = order.get(place - 1);
        if (write.seen
                .or(() -> write.expected)
                .filter(said -> !said.equals(before))
                .isPresent()) {
            simulation.fail("a write waits for its condition", write + " was done on " + quoted(before));
        }
        return place;
    }

    /** Deletions expect a version. Where the answer of one is lost, another client's may have done it: that one has no certain place. */
    private int placeOfDeletion(Attempt deletion, List<String> order) {
        String deleted = deletion.expected.orElseThrow();
        int place = order.indexOf(deleted) + 1;
        boolean done = place > 0 && place < order.size() && order.get(place).equals(ABSENT);
        return done && deletion.outcome == Outcome.ACKNOWLEDGED ? place : NOWHERE;
    }

    /** The earliest place at which the look can have been; a refused write changes nothing. */
    private int placeOfLook(Attempt look, List<String> order, int earliest) {
        if (look.after
                .filter(after -> !after.equals(ABSENT) && order.contains(after))
                .isPresent()) {
            simulation.fail("a refused write changes nothing", look + " was refused, the stream has it");
        }
        if (look.seen.isEmpty()) {
            return NOWHERE;
        }
        String seen = look.seen.get();
        for (int place = earliest; place < order.size(); place++) {
            if (order.get(place).equals(seen)) {
                return place;
            }
        }
        simulation.fail(
                "answers have one order",
                look + ": " + quoted(seen) + " was seen, which is not there from change " + earliest + " on");
        return NOWHERE;
    }

    private void checkTransaction(List<Attempt> writes, Map<String, List<String>> orders) {
        long done = writes.stream()
                .filter(write -> orders.get(write.key).contains(write.after.orElseThrow()))
                .count();
        if (done != 0 && done != writes.size()) {
            simulation.fail("a transaction is done whole or not at all", writes + ": " + done + " of them are done");
        }
    }
}
