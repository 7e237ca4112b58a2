package virga.simulator.function;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/** What a function must get of a table's stream: each key's changes in order, each until it is handled or given up. */
final class StreamLedger {
    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final int attempts;
    private final Map<String, TreeMap<Integer, Change>> changes = new TreeMap<>();
    private final Map<Integer, Set<String>> busy = new TreeMap<>();
    private int restarts;

    /** @param attempts retries of a batch; -1 for no limit */
    StreamLedger(Simulation simulation, SimulatedCloud cloud, int attempts) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.attempts = attempts;
    }

    /** A change of a key, by its number. */
    record Place(String key, int number, BigInteger sequence) {
        @Override
        public String toString() {
            return key + "#" + number;
        }
    }

    private static final class Change {
        private boolean owed;
        private boolean handled;
        private boolean givenUp;
        private String handledIn = "";
        private int failures;
        private BigInteger sequence = BigInteger.ZERO;
    }

    private Change change(String key, int number) {
        return changes.computeIfAbsent(key, unused -> new TreeMap<>()).computeIfAbsent(number, unused -> new Change());
    }

    void writing(String key, int number) {
        change(key, number);
    }

    /** The write was acknowledged after the mapping was seen at work on this key: it must arrive. */
    void owed(String key, int number) {
        change(key, number).owed = true;
    }

    boolean hasArrived(String key) {
        return changes.getOrDefault(key, new TreeMap<>()).values().stream()
                .anyMatch(change -> change.handled || change.failures > 0);
    }

    /** The mapping is about to be restarted, or has been: until its checkpoint it may deliver again. */
    void restarted() {
        restarts++;
    }

    private String era() {
        return cloud.lives() + "/" + restarts;
    }

    /** When a batch began: in which life of the cloud, and after how many restarts of the mapping in it. */
    record Beginning(int life, String era) {}

    Beginning begins(List<Place> batch) {
        int life = cloud.lives();
        Set<String> underWay = busy.computeIfAbsent(life, unused -> new HashSet<>());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            Place place = batch.get(i);
            keys.add(place.key());
            if (!changes.getOrDefault(place.key(), new TreeMap<>()).containsKey(place.number())) {
                simulation.fail("a function gets only what was written", place.toString());
            }
            Change change = change(place.key(), place.number());
            change.sequence = place.sequence();
            if (change.handledIn.equals(era())) {
                simulation.fail("what a function has done comes again only after a restart", place.toString());
            }
            checkOrder(place, batch.subList(0, i));
        }
        if (keys.stream().anyMatch(underWay::contains)) {
            simulation.fail("a shard has one batch at a time", batch + " while " + underWay + " are under way");
        }
        underWay.addAll(keys);
        return new Beginning(life, era());
    }

    /** Whatever is owed before this change is settled, or before it in its batch. */
    private void checkOrder(Place place, List<Place> before) {
        changes.get(place.key()).headMap(place.number()).forEach((number, earlier) -> {
            boolean settled = earlier.handled || attempts >= 0 && earlier.failures > attempts;
            boolean inBatch =
                    before.stream().anyMatch(other -> other.key().equals(place.key()) && other.number() == number);
            if (earlier.owed && !settled && !inBatch) {
                simulation.fail("a stream's order is kept", place + " came before " + place.key() + "#" + number);
            }
        });
    }

    /** A batch has ended: the first {@code handled} of it are done, the others will be tried again or given up. */
    void ended(List<Place> batch, int handled, Beginning began) {
        for (int i = 0; i < batch.size(); i++) {
            Place place = batch.get(i);
            busy.get(began.life()).remove(place.key());
            Change change = change(place.key(), place.number());
            if (i < handled) {
                change.handled = true;
                // A restart meanwhile may keep its mapping from noting this.
                change.handledIn = began.era();
            } else {
                change.failures++;
            }
        }
    }

    /** The worker was stopped in the middle of a batch. */
    void interrupted(List<Place> batch, Beginning began) {
        batch.forEach(place -> busy.get(began.life()).remove(place.key()));
    }

    /** A batch was given up. @param keys those of its shard: shards count each for itself, so numbers alone may be another's */
    void givenUp(Set<String> keys, BigInteger first, BigInteger last) {
        changes.forEach((key, ofKey) -> ofKey.values().forEach(change -> {
            if (keys.contains(key) && change.sequence.compareTo(first) >= 0 && change.sequence.compareTo(last) <= 0) {
                change.givenUp = true;
            }
        }));
    }

    /** What is owed and neither handled nor told to be given up. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        changes.forEach((key, ofKey) -> ofKey.forEach((number, change) -> {
            if (change.owed && !change.handled && !change.givenUp) {
                open.add(key + "#" + number);
            }
        }));
        return open;
    }

    boolean wasHandled(String key, int number) {
        return change(key, number).handled;
    }

    boolean isOwed(String key, int number) {
        return change(key, number).owed;
    }
}
