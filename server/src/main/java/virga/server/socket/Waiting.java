package virga.server.socket;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads whose requests have no answer yet. They are interrupted when the socket closes; one that has its answer is not, for it
 * would break off the sending: the very answer to "stop" was lost so.
 */
final class Waiting {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> threads = new HashSet<>();

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

    void end() {
        lock.lock();
        try {
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
