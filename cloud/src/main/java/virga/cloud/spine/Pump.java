package virga.cloud.spine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.cloud.Hold;
import virga.cloud.Task;
import virga.cloud.TaskHandler.Result;
import virga.cloud.spine.SpineKeys.TaskRow;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Signals;
import virga.kernel.Threads;
import virga.store.Key;
import virga.store.KeyRange;
import virga.store.Reading.Direction;
import virga.store.Reading.Entry;

/**
 * Does what was committed: takes tasks as they come due, each on a thread of its own, at least once.
 *
 * <p>A task's row stays where it is until the task is done, so a crash at any moment only means that it runs again. Which rows are
 * under way is known in memory alone: one process pumps an environment at a time. States of a row: due, under way, gone (done), or
 * moved to a later time (again).
 */
final class Pump implements AutoCloseable {
    static final String SIGNAL = "cloud/tasks";
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final LiveEnvironment environment;
    private final Registry registry;
    private final Consumer<Throwable> onBug;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Thread> underWay = new HashMap<>();
    private Thread dispatcher;
    private boolean closed;

    Pump(LiveEnvironment environment, Registry registry, Consumer<Throwable> onBug) {
        this.environment = environment;
        this.registry = registry;
        this.onBug = onBug;
    }

    void start() {
        dispatcher = environment.ports().threads().start("pump-" + environment.name(), this::dispatch);
    }

    private void dispatch() {
        try (Signals.Listener listener = environment.ports().signals().listen(SIGNAL)) {
            while (!isClosed()) {
                Instant next = startWhatIsDue();
                listener.await(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts every due task that is not under way; answers when the next one will be due. */
    private Instant startWhatIsDue() {
        Instant now = environment.ports().clock().now();
        List<Entry> due = new ArrayList<>();
        Instant next = environment.read(reading -> {
            try (Stream<Entry> rows = reading.scan(SpineKeys.TASK.range())) {
                for (Entry row : (Iterable<Entry>) rows::iterator) {
                    Instant at = SpineKeys.TASK.time(row.key(), 0);
                    if (at.isAfter(now)) {
                        return at;
                    }
                    due.add(row);
                }
            }
            return now.plus(Duration.ofDays(1));
        });
        due.forEach(this::start);
        return next;
    }

    private void start(Entry entry) {
        TaskRow row = SpineKeys.TASK_ROW.decode(entry.value());
        lock.lock();
        try {
            if (closed || underWay.containsKey(row.id())) {
                return;
            }
            Hold hold = environment.activity().call();
            underWay.put(
                    row.id(),
                    environment.ports().threads().start("task-" + row.kind(), () -> run(entry.key(), row, hold)));
        } finally {
            lock.unlock();
        }
    }

    private void run(Key key, TaskRow row, Hold hold) {
        try (hold) {
            // The dispatcher may have read the row just before it was done: doing it again would be a duplicate of our
            // own making.
            if (environment.read(reading -> reading.get(key)).isPresent()) {
                finish(key, row, attempt(registry.task(row.kind()), row));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                underWay.remove(row.id());
            } finally {
                lock.unlock();
            }
            environment.ports().signals().raise(SIGNAL);
        }
    }

    @SuppressWarnings(
            "PMD.AvoidCatchingGenericException") // one of the three places: a broken task must not stop the pump
    private <P> Result attempt(Registry.BoundTask<P> bound, TaskRow row) throws InterruptedException {
        try {
            P payload = bound.kind().codec().decode(row.payload());
            Task<P> task = new Task<>(
                    row.id(), environment.own(row.scope()), row.cause(), payload, row.attempt(), row.createdAt());
            return bound.handler().run(task, environment);
        } catch (Fault fault) {
            return Result.again(afterPause(row));
        } catch (Exception bug) {
            if (bug instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (isClosed()) {
                throw new InterruptedException();
            }
            onBug.accept(bug);
            return Result.again(afterPause(row));
        }
    }

    private Instant afterPause(TaskRow row) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(row.attempt() - 1, 20));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return environment.ports().clock().now().plus(pause);
    }

    private void finish(Key key, TaskRow row, Result result) {
        environment.transact(callFor(row), work -> {
            boolean stillThere = work.get(key).isPresent();
            if (stillThere) {
                work.delete(key);
                forgetTimer(work, row);
                if (result instanceof Result.Again again) {
                    work.put(
                            SpineKeys.TASK.key(again.due(), row.id()),
                            again.counted() ? row.again() : row,
                            SpineKeys.TASK_ROW);
                    if (!row.timer().isEmpty()) {
                        work.put(
                                Work.timerKey(row.kind(), row.scope(), row.timer()),
                                new SpineKeys.TimerRow(again.due(), row.id()),
                                SpineKeys.TIMER_ROW);
                    }
                }
            }
            return stillThere;
        });
    }

    /** Removes the timer's name, unless it names a row that was set since. */
    private static void forgetTimer(virga.cloud.UnitOfWork work, TaskRow row) {
        if (row.timer().isEmpty()) {
            return;
        }
        Key name = Work.timerKey(row.kind(), row.scope(), row.timer());
        Optional<SpineKeys.TimerRow> timer = work.get(name, SpineKeys.TIMER_ROW);
        if (timer.isPresent() && timer.get().taskId().equals(row.id())) {
            work.delete(name);
        }
    }

    private Call callFor(TaskRow row) {
        var principal = new Principal.Service(row.scope().account(), "virga.internal", "");
        return environment.newCall(row.scope(), principal, row.cause());
    }

    /** When the first task is tried again that follows from one of these causes. Timers are no part of this: they clean up. */
    Optional<Instant> nextDue(Predicate<Cause> concerned) {
        return environment.read(reading -> {
            try (Stream<Entry> rows = reading.scan(SpineKeys.TASK.range())) {
                return rows.filter(row -> isConcerned(SpineKeys.TASK_ROW.decode(row.value()), concerned))
                        .map(row -> SpineKeys.TASK.time(row.key(), 0))
                        .findFirst();
            }
        });
    }

    private static boolean isConcerned(TaskRow row, Predicate<Cause> concerned) {
        return row.timer().isEmpty() && concerned.test(row.cause());
    }

    /** Whether no task is due. Timers of the future do not count. */
    boolean isIdle() {
        Instant now = environment.ports().clock().now();
        KeyRange all = SpineKeys.TASK.range();
        return environment.read(reading -> reading.first(all, Direction.FORWARD)
                .map(first -> SpineKeys.TASK.time(first.key(), 0).isAfter(now))
                .orElse(true));
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Thread> threads;
        lock.lock();
        try {
            closed = true;
            threads = new ArrayList<>(underWay.values());
        } finally {
            lock.unlock();
        }
        if (dispatcher != null) {
            threads.add(dispatcher);
        }
        Threads.end(threads);
    }
}
