package virga.kernel.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import virga.kernel.MovableClock;

/**
 * The machine's time plus an offset, or standing still. One daemon thread wakes those who wait.
 *
 * <p>State: running (now = wall + offset) or frozen (now = the moment it was frozen plus what it was advanced since).
 */
public final class WallClock implements MovableClock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private Duration offset;
    private Instant frozenAt;
    private long arrivals;
    private Thread waker;
    private boolean closed;

    public WallClock() {
        this(Duration.ZERO);
    }

    /** A clock that starts {@code offset} ahead of the machine's: an environment whose time had been moved before a restart. */
    public WallClock(Duration offset) {
        this.offset = offset;
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return frozenAt != null ? frozenAt : Instant.now().plus(offset);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        var done = new java.util.concurrent.CountDownLatch(1);
        Alarm alarm = at(due, done::countDown);
        try {
            done.await();
        } finally {
            alarm.cancel();
        }
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        lock.lock();
        try {
            Waiting entry = new Waiting(due, arrivals++, action);
            waiting.add(entry);
            if (waker == null && !closed) {
                waker = Thread.ofPlatform().daemon().name("virga-clock").start(this::wakeInOrder);
            }
            if (waiting.peek() == entry) {
                changed.signalAll();
            }
            return () -> forget(entry);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Waiting entry) {
        lock.lock();
        try {
            waiting.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    private void wakeInOrder() {
        while (true) {
            List<Runnable> due = new ArrayList<>();
            lock.lock();
            try {
                while (due.isEmpty()) {
                    if (closed) {
                        return;
                    }
                    Instant now = now();
                    while (!waiting.isEmpty() && !waiting.peek().due().isAfter(now)) {
                        due.add(waiting.poll().action());
                    }
                    if (due.isEmpty()) {
                        awaitNext(now);
                    }
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            due.forEach(Runnable::run);
        }
    }

    private void awaitNext(Instant now) throws InterruptedException {
        if (waiting.isEmpty() || frozenAt != null) {
            changed.await();
            return;
        }
        Duration left = Duration.between(now, waiting.peek().due());
        // A due time may lie beyond what fits into nanoseconds; look again after a day at the latest.
        long nanos = left.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : left.toNanos();
        changed.await(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a clock does not go back: " + duration);
        }
        lock.lock();
        try {
            offset = offset.plus(duration);
            if (frozenAt != null) {
                frozenAt = frozenAt.plus(duration);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void freeze() {
        lock.lock();
        try {
            if (frozenAt == null) {
                frozenAt = Instant.now().plus(offset);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resume() {
        lock.lock();
        try {
            if (frozenAt != null) {
                offset = Duration.between(Instant.now(), frozenAt);
                frozenAt = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean frozen() {
        lock.lock();
        try {
            return frozenAt != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Duration offset() {
        lock.lock();
        try {
            return frozenAt != null ? Duration.between(Instant.now(), frozenAt) : offset;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private record Waiting(Instant due, long arrival, Runnable action) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
