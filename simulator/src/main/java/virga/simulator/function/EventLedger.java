package virga.simulator.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/** What became of each event that a function was promised, by its tag. */
final class EventLedger {
    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final OptionalInt reserved;
    private final int retries;
    private final Map<String, Event> events = new TreeMap<>();
    private final Map<String, Handling> handlings = new HashMap<>();
    private final Map<Integer, Integer> busy = new HashMap<>();

    EventLedger(Simulation simulation, SimulatedCloud cloud, OptionalInt reserved, int retries) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.reserved = reserved;
        this.retries = retries;
    }

    private static final class Event {
        private boolean accepted;
        private int successes;
        /** How many came out at each queue, by its name. */
        private final Map<String, Integer> arrivals = new TreeMap<>();
    }

    /** One accepted event as Lambda keeps it, by its request id: a bus may bring an event twice. */
    private static final class Handling {
        private int errors;
        private int succeededInLife;
    }

    void sending(String tag) {
        events.put(tag, new Event());
    }

    void accepted(String tag) {
        events.get(tag).accepted = true;
    }

    /** A handler begins. @return the life of the cloud in which it does; a handler that ends is in the same one */
    int begins(String tag, String requestId) {
        int life = cloud.lives();
        if (!events.containsKey(tag)) {
            simulation.fail("a function gets only what was sent", tag);
        }
        if (handling(requestId).succeededInLife == life) {
            simulation.fail("what a function has done comes again only after a crash", tag + " as " + requestId);
        }
        int now = busy.merge(life, 1, Integer::sum);
        if (reserved.isPresent() && now > reserved.getAsInt()) {
            simulation.fail("reserved concurrency is kept", now + " at once, " + reserved.getAsInt() + " are reserved");
        }
        return life;
    }

    private Handling handling(String requestId) {
        return handlings.computeIfAbsent(requestId, unused -> new Handling());
    }

    void succeeded(String tag, String requestId, int life) {
        busy.merge(life, -1, Integer::sum);
        events.get(tag).successes++;
        handling(requestId).succeededInLife = life;
    }

    void failed(String tag, String requestId, int life) {
        busy.merge(life, -1, Integer::sum);
        int errors = ++handling(requestId).errors;
        // A crash between an error and its being noted costs one more try.
        if (errors > retries + cloud.lives()) {
            simulation.fail("an event is tried no more often than promised", tag + " failed " + errors + " times");
        }
    }

    void arrived(String tag, String queue) {
        Event event = events.get(tag);
        if (event == null) {
            simulation.fail("a queue gets only what was sent", tag + " in " + queue);
            return;
        }
        event.arrivals.merge(queue, 1, Integer::sum);
    }

    /** Lambda says that an event has failed as often as it may. */
    void exhausted(String tag, String requestId) {
        int errors = handling(requestId).errors;
        if (errors <= retries) {
            simulation.fail(
                    "an event is given up only after its retries",
                    tag + " failed " + errors + " times, " + retries + " retries were promised");
        }
    }

    boolean hasSucceeded(String tag) {
        return events.get(tag).successes > 0;
    }

    boolean hasArrived(String tag, String queue) {
        return events.get(tag).arrivals.containsKey(queue);
    }

    /** The tags of what was acknowledged. */
    List<String> accepted() {
        List<String> tags = new ArrayList<>();
        events.forEach((tag, event) -> {
            if (event.accepted) {
                tags.add(tag);
            }
        });
        return tags;
    }

    /** Where the cloud was never killed, nothing comes twice. */
    void checkOnce() {
        if (cloud.lives() > 1) {
            return;
        }
        events.forEach((tag, event) -> {
            boolean twice =
                    event.successes > 1 || event.arrivals.values().stream().anyMatch(count -> count > 1);
            if (twice) {
                simulation.fail(
                        "without a crash nothing comes twice",
                        tag + " succeeded " + event.successes + " times, arrived at " + event.arrivals);
            }
        });
    }
}
