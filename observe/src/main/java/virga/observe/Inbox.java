package virga.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import virga.kernel.Bug;

/**
 * The bounded queue between those who record and the one thread that writes. Who records faster than the store takes it waits: nothing
 * is dropped. Calls that are only counted are added up here, so they take no room.
 */
final class Inbox {
    private static final int MOST_ENTRIES = 16_384;
    private static final long MOST_WEIGHT = 64L << 20;
    private static final int BATCH_ENTRIES = 1_024;
    private static final long BATCH_WEIGHT = 8L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private Map<CountKey, Long> counts = new TreeMap<>();
    private long weight;
    private final Progress entriesWritten = new Progress();
    private final Progress countsWritten = new Progress();
    private boolean closed;
    private boolean broken;

    /** What is written in one transaction. */
    record Batch(List<Entry> entries, Map<CountKey, Long> counts) {
        boolean isEmpty() {
            return entries.isEmpty() && counts.isEmpty();
        }
    }

    /** Counts overtake entries that wait for a later batch, so each kind is followed for itself. */
    private static final class Progress {
        private long accepted;
        private long done;
    }

    /** Waits for room, then takes {@code entry}. */
    void put(Entry entry) {
        lock.lock();
        try {
            while (!broken && (waiting.size() >= MOST_ENTRIES || weight >= MOST_WEIGHT)) {
                room.awaitUninterruptibly();
            }
            checkOpen();
            waiting.add(entry);
            weight += entry.weight();
            entriesWritten.accepted++;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void count(CountKey key) {
        lock.lock();
        try {
            checkOpen();
            counts.merge(key, 1L, Long::sum);
            countsWritten.accepted++;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; waits for one, and is empty once this inbox is closed and drained. */
    Batch take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && counts.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            List<Entry> entries = new ArrayList<>();
            long taken = 0;
            while (!waiting.isEmpty() && entries.size() < BATCH_ENTRIES && taken < BATCH_WEIGHT) {
                Entry entry = waiting.poll();
                taken += entry.weight();
                entries.add(entry);
            }
            weight -= taken;
            Map<CountKey, Long> counted = counts;
            counts = new TreeMap<>();
            room.signalAll();
            return new Batch(entries, counted);
        } finally {
            lock.unlock();
        }
    }

    /** Says that {@code batch} is committed. */
    void done(Batch batch) {
        lock.lock();
        try {
            entriesWritten.done += batch.entries().size();
            countsWritten.done +=
                    batch.counts().values().stream().mapToLong(Long::longValue).sum();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was accepted before is committed. */
    void flush() {
        lock.lock();
        try {
            long entries = entriesWritten.accepted;
            long counted = countsWritten.accepted;
            while ((entriesWritten.done < entries || countsWritten.done < counted) && !broken) {
                written.awaitUninterruptibly();
            }
            if (broken) {
                throw new Bug("records could not be written");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what was accepted is still handed out by {@link #take}. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The writer has failed for good: nobody may wait for it. */
    void fail() {
        lock.lock();
        try {
            broken = true;
            room.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (broken || closed) {
            throw new Bug(broken ? "records could not be written" : "recorded after the environment closed");
        }
    }
}
