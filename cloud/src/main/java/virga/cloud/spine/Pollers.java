package virga.cloud.spine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import virga.cloud.Poller;
import virga.cloud.spine.SpineKeys.PollerRow;
import virga.kernel.Signals;
import virga.kernel.Threads;
import virga.store.Reading.Entry;

/**
 * Keeps one thread for each poller that the state says should run. The state decides: a row that appears starts one, a row that goes
 * stops it, a row of another generation restarts it.
 */
final class Pollers implements AutoCloseable {
    static final String SIGNAL = "cloud/pollers";
    private static final Duration PAUSE_AFTER_BUG = Duration.ofSeconds(1);

    private final LiveEnvironment environment;
    private final Registry registry;
    private final Consumer<Throwable> onBug;
    private final Map<String, Running> running = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Thread supervisor;

    Pollers(LiveEnvironment environment, Registry registry, Consumer<Throwable> onBug) {
        this.environment = environment;
        this.registry = registry;
        this.onBug = onBug;
    }

    void start() {
        supervisor = environment.ports().threads().start("pollers-" + environment.name(), this::supervise);
    }

    private void supervise() {
        try (Signals.Listener listener = environment.ports().signals().listen(SIGNAL)) {
            while (!closed.get()) {
                reconcile();
                listener.await(environment.ports().clock().now().plus(Duration.ofDays(1)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            List<Thread> threads = new ArrayList<>();
            for (Running poller : running.values()) {
                poller.stop.set(true);
                threads.add(poller.thread);
            }
            Threads.end(threads);
        }
    }

    private void reconcile() {
        Map<String, PollerRow> wanted = wanted();
        List<Thread> ended = new ArrayList<>();
        running.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().stop.set(true);
                ended.add(entry.getValue().thread);
            }
            return gone;
        });
        Threads.end(ended);
        wanted.forEach((generation, row) -> running.computeIfAbsent(generation, unused -> run(row)));
    }

    /** By generation. */
    private Map<String, PollerRow> wanted() {
        Map<String, PollerRow> wanted = new HashMap<>();
        environment.read(reading -> {
            try (Stream<Entry> rows = reading.scan(SpineKeys.POLLER.range())) {
                rows.map(row -> SpineKeys.POLLER_ROW.decode(row.value()))
                        .forEach(row -> wanted.put(row.generation(), row));
            }
            return wanted.size();
        });
        return wanted;
    }

    /** What the pollers could fetch now. */
    List<Poller.Pending> pending() {
        return wanted().values().stream()
                .flatMap(row -> pending(registry.poller(row.kind()), row).stream())
                .toList();
    }

    private <P> List<Poller.Pending> pending(Registry.BoundPoller<P> bound, PollerRow row) {
        P payload = bound.kind().codec().decode(row.payload());
        return bound.poller().pending(row.id(), environment.own(row.scope()), payload, environment);
    }

    private Running run(PollerRow row) {
        AtomicBoolean stop = new AtomicBoolean();
        Thread thread = environment
                .ports()
                .threads()
                .start("poller-" + row.kind() + "-" + row.id(), () -> loop(registry.poller(row.kind()), row, stop));
        return new Running(thread, stop);
    }

    @SuppressWarnings(
            "PMD.AvoidCatchingGenericException") // part of the pump: a broken poller must not take others with it
    private <P> void loop(Registry.BoundPoller<P> bound, PollerRow row, AtomicBoolean stop) {
        P payload = bound.kind().codec().decode(row.payload());
        while (!stop.get() && !Thread.currentThread().isInterrupted()) {
            try {
                bound.poller().run(row.id(), environment.own(row.scope()), payload, stop::get, environment);
                return;
            } catch (InterruptedException e) {
                return;
            } catch (Exception bug) {
                if (stop.get() || closed.get()) {
                    return;
                }
                onBug.accept(bug);
                pause();
            }
        }
    }

    private void pause() {
        try {
            environment.ports().clock().sleep(PAUSE_AFTER_BUG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        if (supervisor != null) {
            Threads.end(List.of(supervisor));
        }
    }

    private record Running(Thread thread, AtomicBoolean stop) {}
}
