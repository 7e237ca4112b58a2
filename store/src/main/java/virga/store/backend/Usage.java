package virga.store.backend;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import virga.store.StoreFailure;

/** Keeps something open for as long as it is being used: to close it waits for those who use it, and turns away those who come later. */
public final class Usage {
    private final String what;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int users;
    private boolean closed;

    /** @param what named in the error that latecomers get */
    public Usage(String what) {
        this.what = what;
    }

    /** @throws StoreFailure where it was closed */
    public <T> T during(Supplier<T> use) {
        enter();
        try {
            return use.get();
        } finally {
            leave();
        }
    }

    /** Waits until nobody uses it any more, then runs {@code release}, once however often this is called. */
    public void close(Runnable release) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            while (users > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        release.run();
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (closed) {
                throw new StoreFailure(what + " is closed");
            }
            users++;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            users--;
            if (users == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
