package virga.observe.map;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import virga.kernel.CallRecord;
import virga.observe.Resource;
import virga.observe.Snapshot;
import virga.store.Reading.Direction;

/** What clients do to deploy and manage a system, or to look at it, and what follows from that: not the system at work. */
public final class Management {
    private final Set<String> records = new HashSet<>();
    private final Set<String> deployedFrom = new HashSet<>();

    Management() {}

    /** That of a range of time. */
    public static Management of(Snapshot snapshot, Instant from, Instant to) {
        Management management = new Management();
        try (Stream<CallRecord> range = snapshot.between(from, to, Direction.FORWARD)) {
            range.forEach(management::place);
        }
        return management;
    }

    /** Records are placed in order: causes before what they cause. */
    void place(CallRecord record) {
        boolean manages = record.cause().isRoot()
                ? ClientCalls.isManagement(record)
                : records.contains(record.cause().parentId());
        if (manages) {
            records.add(record.id());
            if (record.service().equals("s3") && record.operation().equals("GetObject")) {
                deployedFrom.add(Resource.of(record).id());
            }
        }
    }

    /** Whether a record manages the system or follows from what does. */
    boolean holds(CallRecord record) {
        return records.contains(record.id());
    }

    /** Whether a client began with {@code record} to manage the system; putting a template or a package into its bucket is part of it. */
    public boolean beganWith(CallRecord record) {
        return holds(record)
                || record.cause().isRoot()
                        && record.service().equals("s3")
                        && deployedFrom.contains(Resource.of(record).id());
    }

    /** The buckets that templates and packages were read from, by id. */
    Set<String> deployedFrom() {
        return deployedFrom;
    }
}
