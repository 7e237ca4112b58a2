package virga.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import virga.kernel.Clock;
import virga.kernel.Threads;

/** Makes calls and takes their time: first one client alone, for latencies, then several at once, for a rate. */
public final class Load {
    private final Clock clock;
    private final Threads threads;
    private final int clients;

    Load(Clock clock, Threads threads, int clients) {
        this.clock = clock;
        this.threads = threads;
        this.clients = clients;
    }

    /** One call. */
    @FunctionalInterface
    public interface Work {
        /** @param number of this call, from 0; each is made once */
        void run(int number) throws InterruptedException;
    }

    /**
     * Makes {@code calls} calls alone and then three times as many together.
     *
     * @param processorNanos what the server has used of processors so far
     */
    public Round round(int calls, LongSupplier processorNanos, Work work) throws InterruptedException {
        long processorBefore = processorNanos.getAsLong();
        long[] alone = new long[calls];
        for (int i = 0; i < calls; i++) {
            long before = clock.nanos();
            work.run(i);
            alone[i] = clock.nanos() - before;
        }
        int together = calls * 3;
        long before = clock.nanos();
        atOnce(calls, together, work);
        double seconds = (clock.nanos() - before) / 1e9;
        double processor = processorNanos.getAsLong() - processorBefore;
        return new Round(Arrays.stream(alone).boxed().toList(), together / seconds, processor / (calls + together));
    }

    private void atOnce(int first, int count, Work work) throws InterruptedException {
        AtomicInteger next = new AtomicInteger(first);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            running.add(threads.start("client", () -> {
                try {
                    for (int n = next.getAndIncrement(); n < first + count; n = next.getAndIncrement()) {
                        work.run(n);
                    }
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                    next.set(first + count);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
