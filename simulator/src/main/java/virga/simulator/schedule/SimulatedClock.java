package virga.simulator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import virga.kernel.MovableClock;

/** The simulation's time as one process sees it: ahead by an offset, or standing still. Alarms go off in order of time, then of asking. */
public final class SimulatedClock implements MovableClock {
    private final Simulation simulation;
    private final SeededThreads process;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private Duration offset;
    private Optional<Instant> frozenAt = Optional.empty();

    SimulatedClock(Simulation simulation, SeededThreads process, Duration offset) {
        this.simulation = simulation;
        this.process = process;
        this.offset = offset;
    }

    @Override
    public Instant now() {
        return frozenAt.orElseGet(() -> simulation.now().plus(offset));
    }

    @Override
    public long nanos() {
        return Duration.between(Simulation.BEGINNING, simulation.now()).toNanos();
    }

    @Override
    public void sleepUntil(Instant due) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Alarm alarm = at(due, done::countDown);
        try {
            done.await();
        } finally {
            alarm.cancel();
        }
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        Waiting entry = new Waiting(due, simulation.nextArrival(), action);
        waiting.add(entry);
        return () -> waiting.remove(entry);
    }

    /** When the next alarm goes off, on the simulation's time. */
    Optional<Instant> nextAlarm() {
        return waiting.isEmpty() || frozenAt.isPresent() || process.killed()
                ? Optional.empty()
                : Optional.of(waiting.peek().due().minus(offset));
    }

    /** Starts one thread for the alarms that are due, which runs them in order. */
    void ring() {
        List<Runnable> due = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.peek().due().isAfter(now())) {
            due.add(waiting.poll().action());
        }
        if (!due.isEmpty()) {
            process.start("clock", () -> due.forEach(Runnable::run));
        }
    }

    boolean isOver() {
        return process.killed();
    }

    @Override
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a clock does not go back: " + duration);
        }
        offset = offset.plus(duration);
        frozenAt = frozenAt.map(moment -> moment.plus(duration));
    }

    @Override
    public void freeze() {
        frozenAt = Optional.of(now());
    }

    @Override
    public void resume() {
        frozenAt.ifPresent(moment -> offset = Duration.between(simulation.now(), moment));
        frozenAt = Optional.empty();
    }

    @Override
    public boolean frozen() {
        return frozenAt.isPresent();
    }

    @Override
    public Duration offset() {
        return Duration.between(simulation.now(), now());
    }

    private record Waiting(Instant due, long arrival, Runnable action) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(arrival, other.arrival);
        }
    }
}
