package virga.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import virga.kernel.Clock;

/** A clock that stands still until its test moves it. Nothing under test here waits for it. */
public final class TestingClock implements Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Sample.BEGINNING);

    public void advance(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }

    @Override
    public Instant now() {
        return now.get();
    }

    @Override
    public long nanos() {
        return Duration.between(Sample.BEGINNING, now.get()).toNanos();
    }

    @Override
    public void sleepUntil(Instant due) {
        throw new UnsupportedOperationException("nothing waits in these tests");
    }

    @Override
    public Alarm at(Instant due, Runnable action) {
        throw new UnsupportedOperationException("nothing waits in these tests");
    }
}
