package virga.cloud.spine;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import virga.cloud.Hold;
import virga.kernel.Cause;
import virga.kernel.Clock;

/**
 * What is under way in an environment. Whoever moves something from one place to another begins here before it leaves the first and ends
 * after it reached the second, so that it is seen at every moment; whoever looks at the places one after another reads {@link #begun}
 * before and after: where nothing was under way and nothing began between, nothing moved meanwhile.
 */
final class Activity {
    private final Clock clock;
    /** Counted up before {@link #begun}: who reads that number sees what it counts. */
    private final AtomicInteger calls = new AtomicInteger();

    private final AtomicLong begun = new AtomicLong();
    private final Set<Held> holds = ConcurrentHashMap.newKeySet();

    Activity(Clock clock) {
        this.clock = clock;
    }

    /** A call or task. */
    Hold call() {
        Hold call = looking();
        call.goesOn();
        return call;
    }

    /** A call that so far only looks: it counts as something that began once it {@link Hold#goesOn}. */
    Hold looking() {
        calls.incrementAndGet();
        return new UnderWay();
    }

    Hold hold(String what) {
        Held held = new Held(what);
        holds.add(held);
        begun.incrementAndGet();
        return held;
    }

    boolean isHeld(String what) {
        return holds.stream().anyMatch(held -> held.what.equals(what));
    }

    long begun() {
        return begun.get();
    }

    /** What is under way and does not wait for time, in words. */
    List<String> moving() {
        if (calls.get() > 0) {
            return List.of("calls or deliveries under way");
        }
        Instant now = clock.now();
        return holds.stream()
                .filter(held -> !now.isBefore(held.waiting.due))
                .map(held -> held.what)
                .sorted()
                .toList();
    }

    /** The next moment that something held waits for that follows from one of these causes. */
    Optional<Instant> nextDue(Predicate<Cause> concerned) {
        return holds.stream()
                .map(held -> held.waiting)
                .filter(waiting -> waiting.causes.stream().anyMatch(concerned))
                .map(waiting -> waiting.due)
                .min(Comparator.naturalOrder());
    }

    private record Waiting(Instant due, List<Cause> causes) {
        static final Waiting FOR_NOTHING = new Waiting(Instant.MIN, List.of());
    }

    private final class UnderWay implements Hold {
        private final AtomicBoolean over = new AtomicBoolean();

        @Override
        public void waitsUntil(Instant due, List<Cause> causes) {
            throw new virga.kernel.Bug("a call does not wait");
        }

        @Override
        public void goesOn() {
            begun.incrementAndGet();
        }

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                calls.decrementAndGet();
            }
        }
    }

    private final class Held implements Hold {
        private final String what;
        private volatile Waiting waiting = Waiting.FOR_NOTHING;

        Held(String what) {
            this.what = what;
        }

        @Override
        public void waitsUntil(Instant due, List<Cause> causes) {
            waiting = new Waiting(due, causes);
        }

        @Override
        public void goesOn() {
            waiting = Waiting.FOR_NOTHING;
            begun.incrementAndGet();
        }

        @Override
        public void close() {
            holds.remove(this);
        }
    }
}
