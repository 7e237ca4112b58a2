package virga.kernel;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Signals over any {@link Clock}: the deadline is an alarm of that clock, so waiting works on virtual time too. */
public final class ClockSignals implements Signals {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<Ear>> listening = new HashMap<>();

    public ClockSignals(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void raise(String name) {
        lock.lock();
        try {
            for (Ear ear : listening.getOrDefault(name, Set.of())) {
                ear.raised = true;
                ear.changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Listener listen(String name) {
        lock.lock();
        try {
            Ear ear = new Ear(name);
            // In order of listening: by identity, one seed would wake them in another order each time.
            listening.computeIfAbsent(name, unused -> new LinkedHashSet<>()).add(ear);
            return ear;
        } finally {
            lock.unlock();
        }
    }

    private final class Ear implements Listener {
        private final String name;
        private final Condition changed = lock.newCondition();
        private boolean raised;

        Ear(String name) {
            this.name = name;
        }

        @Override
        public boolean await(Instant deadline) throws InterruptedException {
            boolean[] late = {false};
            Clock.Alarm alarm = clock.at(deadline, () -> {
                lock.lock();
                try {
                    late[0] = true;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            });
            lock.lock();
            try {
                while (!raised && !late[0]) {
                    changed.await();
                }
                boolean woken = raised;
                raised = false;
                return woken;
            } finally {
                lock.unlock();
                alarm.cancel();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                Set<Ear> ears = listening.get(name);
                ears.remove(this);
                if (ears.isEmpty()) {
                    listening.remove(name);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
