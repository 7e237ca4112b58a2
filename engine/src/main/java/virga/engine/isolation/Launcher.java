package virga.engine.isolation;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import virga.kernel.Bug;

/**
 * The one thread from which workers are started. It lives as long as the engine, because the kernel ends a worker when the thread
 * that started it ends, not the process; and it may hold mounts of its own, which the processes it starts inherit.
 */
final class Launcher implements AutoCloseable {
    private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;

    Launcher() {
        thread = Thread.ofPlatform().daemon().name("virga-launcher").start(this::serve);
    }

    /** Work that may fail as input and output do. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Runs {@code work} on the launcher's thread and waits for it. */
    <T> T run(Work<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work::run);
        tasks.add(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new Bug("the launcher's work", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException e) {
            // The engine closes; its workers end with this thread.
            return;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
