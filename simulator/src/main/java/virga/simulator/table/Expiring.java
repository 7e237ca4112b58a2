package virga.simulator.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.kernel.Chance;
import virga.kernel.Fault;
import virga.model.dynamodb.DynamoDb;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/** Items that are written once, each with a time to live: none goes before its time, and in the end all have gone, as the stream tells. */
final class Expiring {
    static final String PARTITION = "passing";
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(3);
    private static final Duration LONGEST_LAG = Duration.ofMinutes(10);

    private final Simulation simulation;
    private final SimulatedCloud cloud;
    private final Chance chance;
    private final Map<String, Life> lives = new TreeMap<>();

    Expiring(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
        this.chance = simulation.chance("expiring");
    }

    private static final class Life {
        private final String version;
        private final Instant end;
        private boolean acknowledged;

        Life(String version, Instant end) {
            this.version = version;
            this.end = end;
        }
    }

    /** Asks again until it is answered: that it is on already is then no error. */
    void enable() {
        while (true) {
            switch (cloud.call(DynamoDb.UPDATE_TIME_TO_LIVE, TableRequests.timeToLive())) {
                case Reply.Answered<?> answered -> {
                    return;
                }
                case Reply.Refused<?>(Fault fault)
                when fault.getMessage().contains("already enabled") -> {
                    return;
                }
                case Reply.Refused<?>(Fault fault) -> simulation.fail("a table has a time to live", fault.toString());
                case Reply.Lost<?> lost -> cloud.sleep(Duration.ofSeconds(1));
            }
        }
    }

    /** Writes an item that is to expire; {@code version} names it too. */
    void put(String version) {
        Instant end = Instant.ofEpochSecond(
                simulation.now().getEpochSecond() + 1 + chance.nextInt((int) LONGEST_LIFE.toSeconds()));
        String key = PARTITION + "/" + version;
        Life life = new Life(version, end);
        lives.put(key, life);
        switch (cloud.call(DynamoDb.PUT_ITEM, TableRequests.putUntil(key, version, end))) {
            case Reply.Answered<?> answered -> life.acknowledged = true;
            case Reply.Refused<?>(Fault fault) -> simulation.fail("a write is answered", key + ": " + fault);
            case Reply.Lost<?> lost -> simulation.note(key + " may be lost");
        }
    }

    /** Looks at one of the items. */
    void look() {
        List<String> written = lives.entrySet().stream()
                .filter(life -> life.getValue().acknowledged)
                .map(Map.Entry::getKey)
                .toList();
        if (!written.isEmpty()) {
            String key = written.get(chance.nextInt(written.size()));
            if (there(key).filter(there -> !there).isPresent()
                    && simulation.now().isBefore(lives.get(key).end)) {
                simulation.fail("an item stays until it expires", key + " had until " + lives.get(key).end);
            }
        }
    }

    private Optional<Boolean> there(String key) {
        return cloud.call(DynamoDb.GET_ITEM, TableRequests.get(key)) instanceof Reply.Answered<?>(var output)
                ? Optional.of(
                        !((virga.model.dynamodb.GetItemOutput) output).item().isEmpty())
                : Optional.empty();
    }

    /** Waits until the last has expired, and looks whether it has gone. */
    void end() {
        lives.values().stream()
                .map(life -> Duration.between(simulation.now(), life.end))
                .max(Duration::compareTo)
                .ifPresent(longest -> cloud.sleep(longest.plus(LONGEST_LAG)));
        for (String key : lives.keySet()) {
            Optional<Boolean> there = there(key);
            while (there.isEmpty()) {
                cloud.sleep(Duration.ofSeconds(1));
                there = there(key);
            }
            if (there.get()) {
                simulation.fail("an expired item goes", key + " had until " + lives.get(key).end);
            }
        }
    }

    /** Holds the stream's changes of these items against what was answered. */
    void check(Map<String, List<TableLedger.Step>> stream) {
        lives.forEach((key, life) -> {
            List<TableLedger.Step> steps = stream.getOrDefault(key, List.of());
            List<TableLedger.Step> whole = List.of(
                    new TableLedger.Step(TableLedger.ABSENT, life.version),
                    new TableLedger.Step(life.version, TableLedger.ABSENT));
            if (!(steps.equals(whole) || steps.isEmpty() && !life.acknowledged)) {
                simulation.fail("an item comes and expires once", key + " went " + steps);
            }
        });
    }
}
