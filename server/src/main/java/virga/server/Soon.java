package virga.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import virga.kernel.Bug;
import virga.kernel.Threads;

/** Something that is made on a thread of its own, while others get ready. */
final class Soon<T> {
    private final FutureTask<T> making;

    private Soon(FutureTask<T> making) {
        this.making = making;
    }

    static <T> Soon<T> of(Threads threads, String name, Supplier<T> maker) {
        FutureTask<T> making = new FutureTask<>(maker::get);
        threads.start(name, making);
        return new Soon<>(making);
    }

    /** Waits until it is there. Where making it failed, that failure is thrown to everybody who asks. */
    T get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return making.get();
                } catch (InterruptedException e) {
                    // What is made will be there in a moment, and whoever waits has no other way to go.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new Bug("what was made at start", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
