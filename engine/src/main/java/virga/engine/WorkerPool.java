package virga.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Clock;

/** The workers of one function version in one environment. The most recently used idle one goes first, so that others can age. */
final class WorkerPool {
    private final Clock clock;
    private final Duration idleTime;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Set<Worker> busy = new HashSet<>();
    private boolean retired;
    private boolean retiredAtOnce;

    private record Idle(Worker worker, Clock.Alarm alarm, Instant until) {}

    WorkerPool(Clock clock, Duration idleTime) {
        this.clock = clock;
        this.idleTime = idleTime;
    }

    /** An idle worker for one event, if there is one. */
    Optional<Worker> lease() {
        List<Worker> dead = new ArrayList<>();
        try {
            return leaseLiving(dead);
        } finally {
            dead.forEach(Worker::end);
        }
    }

    private synchronized Optional<Worker> leaseLiving(List<Worker> dead) {
        while (!idle.isEmpty()) {
            Idle first = idle.pop();
            first.alarm().cancel();
            // The alarm may be on its way still when the clock has been moved.
            if (first.worker().alive() && clock.now().isBefore(first.until())) {
                busy.add(first.worker());
                return Optional.of(first.worker());
            }
            dead.add(first.worker());
        }
        return Optional.empty();
    }

    /** A new worker that has an event already; it is killed where the pool's environment is gone. */
    void add(Worker worker) {
        boolean late;
        synchronized (this) {
            busy.add(worker);
            late = retiredAtOnce;
        }
        if (late) {
            worker.kill();
        }
    }

    /** A worker is done with its event and fit for another; it is ended where the pool was retired meanwhile. */
    void giveBack(Worker worker) {
        if (!keep(worker)) {
            worker.end();
        }
    }

    private synchronized boolean keep(Worker worker) {
        busy.remove(worker);
        if (retired) {
            return false;
        }
        Instant until = clock.now().plus(idleTime);
        idle.push(new Idle(worker, clock.at(until, () -> expire(worker)), until));
        return true;
    }

    /** A worker that is fit for nothing any more. */
    void discard(Worker worker) {
        synchronized (this) {
            busy.remove(worker);
        }
        worker.end();
    }

    private void expire(Worker worker) {
        boolean found = false;
        synchronized (this) {
            for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
                if (each.next().worker() == worker) {
                    each.remove();
                    found = true;
                }
            }
        }
        if (found) {
            worker.end();
        }
    }

    synchronized int idleWorkers() {
        return idle.size();
    }

    /** Ends idle workers now and busy ones after their event. */
    void retire() {
        List<Worker> ending = new ArrayList<>();
        synchronized (this) {
            retired = true;
            for (Idle each : idle) {
                each.alarm().cancel();
                ending.add(each.worker());
            }
            idle.clear();
        }
        ending.forEach(Worker::end);
    }

    /** Ends all workers now; an event that is being handled fails. */
    void retireAtOnce() {
        retire();
        List<Worker> ending;
        synchronized (this) {
            retiredAtOnce = true;
            ending = List.copyOf(busy);
        }
        ending.forEach(Worker::kill);
    }
}
