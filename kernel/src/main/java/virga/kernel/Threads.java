package virga.kernel;

import java.util.List;

/** Starts threads. Virtual ones in a running cloud; ones with a seeded scheduler in a simulation. */
public interface Threads {
    /** Starts {@code body}; an exception that escapes it is a bug and is reported as one. */
    Thread start(String name, Runnable body);

    /**
     * Interrupts threads and waits until they have ended, the current one excepted. An interruption meanwhile is kept for later, because
     * what they use is in use until they end.
     */
    static void end(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                interrupted |= awaitEnd(thread);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the waiting was interrupted. */
    private static boolean awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
