package virga.simulator.function;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/**
 * What a mapping from a queue has promised of each message, by its tag: it comes to the function until the function has done it, no more
 * often than the queue allows, or becomes a dead letter. Each batch is checked as it begins.
 */
final class QueueMappingLedger {
    /** A batch begins at most so long after its messages were received. */
    private static final Duration LONGEST_LAG = Duration.ofSeconds(20);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Rules rules;
    private final Map<String, Letter> letters = new TreeMap<>();
    private final Map<Integer, Integer> busy = new HashMap<>();
    private int changes;
    private Instant atRestSince = Instant.MAX;
    private Instant deletedAt = Instant.MIN;

    /** @param maximumConcurrency 0 where the mapping has none */
    record Rules(int batchSize, int maximumConcurrency, int maxReceiveCount, Duration visibility) {}

    QueueMappingLedger(Simulation simulation, SimulatedCloud cloud, Rules rules) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.rules = rules;
    }

    /** A message as a batch has it. */
    record Delivery(String tag, int receive) {}

    private static final class Letter {
        private boolean acknowledged;
        private boolean done;
        private String doneIn = "";
        private boolean dead;
        private int failures;
        private final TreeMap<Integer, Instant> receives = new TreeMap<>();
    }

    void sending(String tag) {
        letters.put(tag, new Letter());
    }

    void sent(String tag) {
        letters.get(tag).acknowledged = true;
    }

    /** The mapping is about to be changed, or has been: what it has in hand may come again. */
    void changed() {
        changes++;
        atRestSince = Instant.MAX;
    }

    /** The mapping is there no more, or disabled, as was acknowledged. */
    void atRest() {
        changes++;
        atRestSince = simulation.now();
    }

    /** The mapping is there no more; what it has in hand is not the next one's. */
    void deleted() {
        atRest();
        deletedAt = simulation.now();
    }

    private String era() {
        return cloud.lives() + "/" + changes;
    }

    /** When a batch began: in which life of the cloud, and after how many changes of the mapping in it. */
    record Beginning(int life, String era) {}

    Beginning begins(List<Delivery> batch) {
        int life = cloud.lives();
        Instant now = simulation.now();
        if (batch.isEmpty() || batch.size() > rules.batchSize()) {
            simulation.fail("a batch is no larger than asked", batch.size() + " messages: " + batch);
        }
        if (Duration.between(atRestSince, now).compareTo(LONGEST_STOP) > 0) {
            simulation.fail("a mapping that is disabled or deleted is at rest", batch + " came at " + now);
        }
        int atOnce = busy.merge(life, 1, Integer::sum);
        int most = rules.maximumConcurrency() * (now.isBefore(deletedAt.plus(LONGEST_LAG)) ? 2 : 1);
        if (most > 0 && atOnce > most) {
            simulation.fail("maximum concurrency is kept", atOnce + " batches at once, at most " + most);
        }
        batch.forEach(delivery -> delivered(delivery, now));
        return new Beginning(life, era());
    }

    private void delivered(Delivery delivery, Instant now) {
        Letter letter = letters.get(delivery.tag());
        if (letter == null) {
            simulation.fail("a function gets only what was sent", delivery.toString());
            return;
        }
        if (letter.doneIn.equals(era())) {
            simulation.fail("what a function has done comes again only after a restart", delivery.toString());
        }
        if (letter.dead) {
            simulation.fail("a dead letter comes no more", delivery.toString());
        }
        if (delivery.receive() > rules.maxReceiveCount()) {
            simulation.fail("receive counts are respected", delivery + ", at most " + rules.maxReceiveCount());
        }
        if (letter.receives.containsKey(delivery.receive())) {
            simulation.fail("a receive is handed to one batch", delivery.toString());
        }
        Map.Entry<Integer, Instant> before = letter.receives.lowerEntry(delivery.receive());
        if (before != null
                && now.isBefore(before.getValue().plus(rules.visibility()).minus(LONGEST_LAG))) {
            simulation.fail(
                    "a message is hidden while its batch is handled",
                    delivery + " came at " + now + ", and before at " + before.getValue());
        }
        letter.receives.put(delivery.receive(), now);
    }

    /** A batch has ended. @param failed the tags that will come again, or become dead letters */
    void ended(List<Delivery> batch, Set<String> failed, Beginning began) {
        busy.merge(began.life(), -1, Integer::sum);
        for (Delivery delivery : batch) {
            Letter letter = letters.get(delivery.tag());
            if (failed.contains(delivery.tag())) {
                letter.failures++;
            } else {
                letter.done = true;
                letter.doneIn = began.era();
            }
        }
    }

    /** The worker was stopped in the middle of a batch. */
    void interrupted(Beginning began) {
        busy.merge(began.life(), -1, Integer::sum);
    }

    /** @param undisturbed whether all that was received came to the function: no crash, no throttle, no change of the mapping */
    void becameDead(String tag, boolean undisturbed) {
        Letter letter = letters.get(tag);
        if (letter == null) {
            simulation.fail("only what was sent becomes a dead letter", tag);
            return;
        }
        letter.dead = true;
        if (undisturbed && letter.failures < rules.maxReceiveCount()) {
            simulation.fail(
                    "a dead letter has failed as often as it may",
                    tag + " failed " + letter.failures + " times of " + rules.maxReceiveCount());
        }
    }

    boolean isUndisturbed() {
        return changes == 0 && cloud.lives() == 1;
    }

    /** What was acknowledged and is neither done nor a dead letter. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        letters.forEach((tag, letter) -> {
            if (letter.acknowledged && !letter.done && !letter.dead) {
                open.add(tag);
            }
        });
        return open;
    }
}
