package virga.services.lambda.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many batches of one queue are handled at once: five at first; while all are busy, 300 more a minute. Source: "Configuring
 * scaling behavior for SQS event source mappings", AWS Lambda Developer Guide.
 */
final class Scaling {
    private static final int FIRST = 5;
    private static final int MORE_PER_MINUTE = 300;
    private static final int MOST = 1250;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean polled;
    private int maximum;
    private int busy;
    private Instant busySince = Instant.MAX;

    /** A poller begins. @param maximumConcurrency 0 where the mapping sets none */
    void begin(int maximumConcurrency) {
        lock.lock();
        try {
            polled = true;
            maximum = maximumConcurrency == 0 ? MOST : maximumConcurrency;
        } finally {
            lock.unlock();
        }
    }

    /** The poller has ended; batches may still be under way. */
    void end() {
        lock.lock();
        try {
            polled = false;
        } finally {
            lock.unlock();
        }
    }

    boolean isIdle() {
        lock.lock();
        try {
            return !polled && busy == 0;
        } finally {
            lock.unlock();
        }
    }

    void acquire(Instant now) throws InterruptedException {
        lock.lock();
        try {
            if (busy < Math.min(FIRST, maximum)) {
                busySince = Instant.MAX;
            } else if (busySince.equals(Instant.MAX)) {
                busySince = now;
            }
            while (busy >= allowed(now)) {
                released.await();
            }
            busy++;
        } finally {
            lock.unlock();
        }
    }

    private int allowed(Instant now) {
        long gained = busySince.equals(Instant.MAX)
                ? 0
                : MORE_PER_MINUTE * Duration.between(busySince, now).toSeconds() / 60;
        return (int) Math.min(maximum, FIRST + gained);
    }

    void release() {
        lock.lock();
        try {
            busy--;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
