package virga.simulator.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import virga.kernel.Chance;
import virga.kernel.system.SeededChance;

/**
 * One run from one seed. The calling thread carries every simulated thread, one at a time: whoever can go on stands in a list, and chance
 * picks from it. Each step takes a little time; where nobody can go on, time jumps to the next alarm, unless it is held.
 *
 * <p>Only the simulation may wake a simulated thread. A wake-up from outside (a timed wait, a contended monitor, another pool) could not
 * be repeated, so it fails the run.
 */
public final class Simulation {
    static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");
    private static final int MOST_STEPS = 400_000;
    /** A divisor of the most steps, so that the last turns are whole. */
    private static final int TURNS_COUNTED = 10_000;

    private static final int FRAMES_SHOWN = 4;
    private static final int LONG_PAUSE_ONE_IN = 2_000;

    private final long seed;
    private final Chance choices;
    private final History history = new History();
    private final List<Ready> ready = new ArrayList<>();
    private final List<SimulatedClock> clocks = new ArrayList<>();
    private final TreeMap<String, Integer> holds = new TreeMap<>();
    private final SeededThreads outside = new SeededThreads(this, "outside");
    private final List<Line> lines = new ArrayList<>();
    private Instant now = BEGINNING;
    private long arrivals;
    private int started;
    private int steps;
    private Thread carrier;
    private Optional<Line> running = Optional.empty();
    private volatile Optional<SimulationFailure> failure = Optional.empty();
    private boolean over;

    /** A continuation that can go on. */
    private record Ready(Line line, Runnable continuation) {}

    /** What a finished run was. */
    public record Run(long seed, int steps, Duration time, String digest) {}

    public Simulation(long seed) {
        this.seed = seed;
        this.choices = chance("schedule");
    }

    public long seed() {
        return seed;
    }

    /** A stream of chance for one purpose. */
    public Chance chance(String purpose) {
        return new SeededChance(seed).named(purpose);
    }

    /** The threads of those who are not in the cloud: clients, and whoever starts the cloud again. Nobody kills these. */
    public SeededThreads outside() {
        return outside;
    }

    /** A new process, which may be killed. */
    public SeededThreads process(String name) {
        return new SeededThreads(this, name);
    }

    public SimulatedClock clock(SeededThreads process, Duration offset) {
        SimulatedClock clock = new SimulatedClock(this, process, offset);
        clocks.add(clock);
        return clock;
    }

    public Instant now() {
        return now;
    }

    long nextArrival() {
        return arrivals++;
    }

    /** Keeps time from jumping to the next alarm until it is closed. @param name who holds it, for a run in which nothing can go on */
    public Hold hold(String name) {
        holds.merge(name, 1, Integer::sum);
        return () -> holds.computeIfPresent(name, (unused, count) -> count == 1 ? null : count - 1);
    }

    /** A hold of the time. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Puts a line into the history. */
    public void note(String line) {
        history.add(steps + " +" + Duration.between(BEGINNING, now).toNanos() / 1_000 + "us " + line);
    }

    /** Breaks off the run: a promise was broken. The first one counts. */
    public void fail(String invariant, String what) {
        fail(invariant, what, null);
    }

    private synchronized void fail(String invariant, String what, Throwable cause) {
        if (failure.isEmpty()) {
            String message =
                    "seed " + seed + ", step " + steps + ": " + invariant + ": " + what + "\n" + history.tail();
            failure = Optional.of(new SimulationFailure(invariant, message, cause));
        }
    }

    /** A bug inside the cloud breaks the run off too. */
    public void fail(Throwable bug) {
        fail("no bug", bug.toString(), bug);
    }

    /** Gives way: anyone may go on before this thread does. */
    public static void giveWay() {
        Thread.yield();
    }

    Thread start(SeededThreads process, String name, Runnable body) {
        Line line = new Line(process, name + "#" + started++);
        line.thread = VirtualThreadSchedulers.builder(line)
                .name(line.name)
                .uncaughtExceptionHandler((thread, thrown) -> fail(thrown))
                .unstarted(body);
        lines.add(line);
        line.thread.start();
        return line.thread;
    }

    /** Hands the continuations of one thread over. */
    private final class Line implements Executor {
        private final SeededThreads process;
        private final String name;
        private Thread thread;
        private int turns;

        Line(SeededThreads process, String name) {
            this.process = process;
            this.name = name;
        }

        @Override
        public void execute(Runnable continuation) {
            Thread waker = Thread.currentThread();
            if (waker != carrier && running.filter(line -> line.thread == waker).isEmpty()) {
                fail("only the simulation wakes its threads", name + " was woken by " + waker);
                return;
            }
            if (!over && !process.killed()) {
                ready.add(new Ready(this, continuation));
            }
        }
    }

    /**
     * Runs {@code body} outside the cloud, and whatever it starts, until it ends.
     *
     * @throws SimulationFailure where a promise is broken on the way
     */
    public Run run(Runnable body) {
        carrier = Thread.currentThread();
        boolean[] done = {false};
        outside.start("main", () -> {
            body.run();
            done[0] = true;
        });
        while (!done[0] && failure.isEmpty()) {
            step();
        }
        over = true;
        if (failure.isPresent()) {
            throw failure.get();
        }
        return new Run(seed, steps, Duration.between(BEGINNING, now), history.digest());
    }

    private void step() {
        ready.removeIf(entry -> entry.line.process.killed());
        clocks.removeIf(SimulatedClock::isOver);
        if (ready.isEmpty() && !jump()) {
            return;
        }
        if (ready.isEmpty()) {
            return;
        }
        if (++steps > MOST_STEPS) {
            fail(
                    "the run ends",
                    "more than " + MOST_STEPS + " steps; of the last " + TURNS_COUNTED + " most took " + busiest()
                            + standing());
            return;
        }
        if (steps % TURNS_COUNTED == 0 && steps < MOST_STEPS) {
            lines.removeIf(line -> !line.thread.isAlive() || line.process.killed());
            lines.forEach(line -> line.turns = 0);
        }
        Ready next = ready.remove(choices.nextInt(ready.size()));
        note("run " + next.line.name);
        next.line.turns++;
        running = Optional.of(next.line);
        next.continuation.run();
        boolean paused = choices.nextInt(LONG_PAUSE_ONE_IN) == 0;
        now = now.plusNanos(1_000L * (1 + choices.nextInt(paused ? 2_000_000 : 50)));
        ringAll();
    }

    private String busiest() {
        return lines.stream()
                .max(Comparator.comparingInt(line -> line.turns))
                .map(line -> line.name + " (" + line.turns + ")")
                .orElse("nobody");
    }

    /** Where each thread stands that has not ended, for a run in which nothing can go on or that never ends. */
    private String standing() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line.thread.isAlive() && !line.process.killed()) {
                text.append("\n  ").append(line.name).append(" stands at ");
                text.append(Stream.of(line.thread.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("virga."))
                        .limit(FRAMES_SHOWN)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
            }
        }
        return text.toString();
    }

    /** Moves time to the next alarm; false where there is none. */
    private boolean jump() {
        Optional<Instant> next =
                clocks.stream().flatMap(clock -> clock.nextAlarm().stream()).min(Instant::compareTo);
        if (next.isEmpty() || !holds.isEmpty()) {
            fail(
                    "something can happen",
                    (holds.isEmpty() ? "no thread can go on and no alarm is set" : "time is held: " + holds)
                            + standing());
            return false;
        }
        now = next.get().isAfter(now) ? next.get() : now;
        ringAll();
        return true;
    }

    private void ringAll() {
        List<SimulatedClock> due = clocks.stream()
                .filter(clock ->
                        clock.nextAlarm().filter(next -> !next.isAfter(now)).isPresent())
                .toList();
        due.forEach(SimulatedClock::ring);
    }
}
