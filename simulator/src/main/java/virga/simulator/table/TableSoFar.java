package virga.simulator.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import virga.simulator.schedule.Simulation;

/**
 * What is certain of a table while its clients are still at work. Each answer is held against those that were there before it was asked
 * for; what needs the whole order is left to {@link TableLedger#check}.
 */
final class TableSoFar {
    private final Simulation simulation;
    private final Map<String, Item> items = new HashMap<>();

    TableSoFar(Simulation simulation) {
        this.simulation = simulation;
    }

    /** One key. Moments are those of the ledger. */
    private static final class Item {
        private final Set<String> written = new HashSet<>();
        /** When the end of a version was acknowledged, by the version. */
        private final Map<String, Integer> replaced = new HashMap<>();
        /** When a count was acknowledged, by the count. */
        private final TreeMap<Integer, Integer> counts = new TreeMap<>();

        private int thereSince = Integer.MAX_VALUE;
        private boolean deletionTried;
    }

    private Item item(String key) {
        return items.computeIfAbsent(key, unused -> new Item());
    }

    void writing(String key, String version) {
        Item item = item(key);
        item.written.add(version);
        item.deletionTried |= version.equals(TableLedger.ABSENT);
    }

    /** A look that began at {@code began}, or a write that was refused, found {@code version}. */
    void seen(String key, String version, int began) {
        Item item = item(key);
        if (version.equals(TableLedger.ABSENT)) {
            if (!item.deletionTried && item.thereSince < began) {
                simulation.fail("what was written is there at once", key + " is not there, and nobody deleted it");
            }
        } else if (!item.written.contains(version)) {
            simulation.fail("only what was written is there", key + " is " + version);
        } else if (item.replaced.getOrDefault(version, Integer.MAX_VALUE) < began) {
            simulation.fail("a consistent read is of now", key + " is " + version + ", which had been replaced");
        }
    }

    /** A write was acknowledged at {@code ended}, on what it found. */
    void replaced(String key, String before, int began, int ended) {
        seen(key, before, began);
        Item item = item(key);
        if (!before.equals(TableLedger.ABSENT) && item.replaced.putIfAbsent(before, ended) != null) {
            simulation.fail("a change has one writer", key + " as " + before + " was replaced twice");
        }
        there(key, ended);
    }

    /** A write was acknowledged at {@code ended}. */
    void there(String key, int ended) {
        Item item = item(key);
        item.thereSince = Math.min(item.thereSince, ended);
    }

    /** An addition was acknowledged as the {@code count}th. */
    void counted(String key, int count, int began, int ended) {
        Item item = item(key);
        if (item.counts.put(count, ended) != null) {
            simulation.fail("a counter counts each addition once", key + " came to " + count + " twice");
        }
        if (item.counts.tailMap(count, false).values().stream().anyMatch(other -> other < began)) {
            simulation.fail("a counter counts each addition once", key + " went back to " + count);
        }
        there(key, ended);
    }
}
