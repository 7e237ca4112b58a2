package virga.simulator.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.simulator.schedule.Simulation;

/**
 * What a queue has promised, by what its clients were told. Each answer is checked as it arrives; the end checks that nothing
 * acknowledged is lost. Times are those of the calls, so a claim is made only where every order of events within them breaks it.
 */
final class QueueLedger {
    private final Simulation simulation;
    private final int maxReceiveCount;
    private final Map<String, Letter> letters = new TreeMap<>();

    QueueLedger(Simulation simulation, int maxReceiveCount) {
        this.simulation = simulation;
        this.maxReceiveCount = maxReceiveCount;
    }

    /** One message, by its body. */
    private static final class Letter {
        private boolean acknowledged;
        private boolean deleteTried;
        private final TreeMap<Integer, Holding> holdings = new TreeMap<>();
    }

    /** One receiving. {@code hiddenUntil} is the earliest moment at which the message may be seen again. */
    static final class Holding {
        private final boolean fromDeadLetters;
        private Instant hiddenUntil;
        private Instant deletedAt = Instant.MAX;

        Holding(boolean fromDeadLetters, Instant hiddenUntil) {
            this.fromDeadLetters = fromDeadLetters;
            this.hiddenUntil = hiddenUntil;
        }
    }

    void sending(String body) {
        letters.put(body, new Letter());
    }

    void sent(String body) {
        letters.get(body).acknowledged = true;
    }

    /** A message was received by a call from {@code began} until now. */
    Holding received(String body, int count, boolean deadLetters, Instant began, Duration timeout) {
        Letter letter = letters.get(body);
        Instant ended = simulation.now();
        Holding holding = new Holding(deadLetters, began.plus(timeout));
        if (letter == null) {
            simulation.fail("only what was sent is received", body);
            return holding;
        }
        if (letter.holdings.containsKey(count)) {
            simulation.fail("one receiver at a time", body + " was handed out twice as receive " + count);
        }
        Map.Entry<Integer, Holding> before = letter.holdings.lowerEntry(count);
        if (before != null) {
            checkAfter(body, before, count, holding, began, ended);
        }
        if (!deadLetters && count > maxReceiveCount) {
            simulation.fail(
                    "dead letters move", body + " was received " + count + " times, at most " + maxReceiveCount);
        }
        if (deadLetters && count <= maxReceiveCount) {
            simulation.fail("dead letters were received too often", body + " moved before receive " + count);
        }
        letter.holdings.put(count, holding);
        return holding;
    }

    private void checkAfter(
            String body, Map.Entry<Integer, Holding> before, int count, Holding now, Instant began, Instant ended) {
        Holding earlier = before.getValue();
        if (ended.isBefore(earlier.hiddenUntil)) {
            simulation.fail(
                    "one receiver at a time",
                    body + " was received at " + ended + ", hidden until " + earlier.hiddenUntil);
        }
        // A handle that is not the latest deletes nothing; these two cases prove that it was the latest.
        boolean deletedBefore = !earlier.deletedAt.isAfter(began);
        boolean nextOfSameQueue = before.getKey() + 1 == count && earlier.fromDeadLetters == now.fromDeadLetters;
        if (deletedBefore && (nextOfSameQueue || earlier.deletedAt.isBefore(earlier.hiddenUntil))) {
            simulation.fail("what was deleted stays deleted", body + " was deleted at " + earlier.deletedAt);
        }
    }

    /** The holder is about to change when the message is seen again. */
    void changing(Holding holding, Duration timeout) {
        Instant earliest = simulation.now().plus(timeout);
        holding.hiddenUntil = earliest.isBefore(holding.hiddenUntil) ? earliest : holding.hiddenUntil;
    }

    /** The change that was begun at {@code began} was acknowledged. */
    void changed(Holding holding, Instant began, Duration timeout) {
        holding.hiddenUntil = began.plus(timeout);
    }

    void deleting(String body) {
        letters.get(body).deleteTried = true;
    }

    void deleted(Holding holding) {
        holding.deletedAt = simulation.now();
    }

    /** How many messages are certainly in the queues: sent for certain, and nobody tried to delete them. */
    int atLeast() {
        return (int) letters.values().stream()
                .filter(letter -> letter.acknowledged && !letter.deleteTried)
                .count();
    }

    int sentInAll() {
        return letters.size();
    }

    /** The queues are drained: whatever was acknowledged must have been in somebody's hands to be deleted. */
    void drained() {
        List<String> lost = new ArrayList<>();
        letters.forEach((body, letter) -> {
            if (letter.acknowledged && !letter.deleteTried) {
                lost.add(body);
            }
        });
        if (!lost.isEmpty()) {
            simulation.fail("nothing acknowledged is lost", lost.toString());
        }
    }
}
