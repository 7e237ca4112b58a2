package virga.cloud.spine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import virga.kernel.Threads;

/**
 * The threads of one environment: whatever was started in it ends before its state and its records close, those that a poller started
 * for its batches included.
 */
final class EnvironmentThreads implements Threads, AutoCloseable {
    private final Threads threads;
    private final ReentrantLock lock = new ReentrantLock();
    // In order of starting: by identity, one seed would end them in another order each time.
    private final Set<Thread> running = new LinkedHashSet<>();

    EnvironmentThreads(Threads threads) {
        this.threads = threads;
    }

    @Override
    public Thread start(String name, Runnable body) {
        lock.lock();
        try {
            Thread thread = threads.start(name, () -> run(body));
            running.add(thread);
            return thread;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable body) {
        try {
            body.run();
        } finally {
            lock.lock();
            try {
                running.remove(Thread.currentThread());
            } finally {
                lock.unlock();
            }
        }
    }

    private List<Thread> others() {
        lock.lock();
        try {
            List<Thread> others = new ArrayList<>(running);
            others.remove(Thread.currentThread());
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts all that runs and waits until it has ended; what ends may start others, which end as well. */
    @Override
    public void close() {
        for (List<Thread> left = others(); !left.isEmpty(); left = others()) {
            Threads.end(left);
        }
    }
}
