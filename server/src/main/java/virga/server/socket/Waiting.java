package virga.server.socket;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads whose requests have no answer yet. They are interrupted when the socket closes; one that has its answer is not, for it
 * would break off the sending.
 */
final class Waiting {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> threads = new HashSet<>();
    private final Map<Thread, Runnable> afterwards = new HashMap<>();

    void enter() {
        lock.lock();
        try {
            threads.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /** From here on nobody interrupts this thread; an interruption that came before is forgotten, since the answer is there. */
    void leave() {
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Does {@code then} when this thread's answer is sent; at once where it answers nobody. */
    void whenAnswered(Runnable then) {
        lock.lock();
        try {
            if (threads.contains(Thread.currentThread())) {
                afterwards.put(Thread.currentThread(), then);
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    /** What is to be done now that this thread's answer is sent. */
    Runnable answered() {
        lock.lock();
        try {
            Runnable then = afterwards.remove(Thread.currentThread());
            return then == null ? () -> {} : then;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
