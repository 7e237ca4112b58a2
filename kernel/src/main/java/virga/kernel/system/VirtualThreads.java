package virga.kernel.system;

import virga.kernel.Bug;
import virga.kernel.Threads;

/** Java's own virtual threads. */
public final class VirtualThreads implements Threads {
    private final java.util.function.Consumer<Throwable> onBug;

    /** @param onBug told of every exception that escapes a thread */
    public VirtualThreads(java.util.function.Consumer<Throwable> onBug) {
        this.onBug = onBug;
    }

    @Override
    public Thread start(String name, Runnable body) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler(
                        (thread, thrown) -> onBug.accept(new Bug("thread " + thread.getName() + " died", thrown)))
                .start(body);
    }
}
