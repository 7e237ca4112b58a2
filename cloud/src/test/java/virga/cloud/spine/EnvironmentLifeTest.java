package virga.cloud.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import virga.cloud.Settings;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Clock;

class EnvironmentLifeTest {
    @Test
    void whatRunsInADeletedEnvironmentHasEndedBeforeItsStateCloses() throws InterruptedException {
        try (TestingCloud testing = new TestingCloud()) {
            LiveEnvironment other = testing.cloud().create("other", Settings.DEFAULT);
            CountDownLatch begun = new CountDownLatch(1);
            List<String> said = new CopyOnWriteArrayList<>();
            Thread batch = other.ports().threads().start("batch", () -> {
                begun.countDown();
                awaitInterruption(other.ports().clock());
                // As a batch of a poller does: it is told to end, and still has something to write down.
                other.ports().threads().start("batch-of-batch", () -> {
                    awaitInterruption(other.ports().clock());
                    said.add(other.read(reading -> "inner read the state"));
                });
                said.add(other.read(reading -> "outer read the state"));
            });
            begun.await();
            testing.cloud().delete("other");
            assertThat(batch.isAlive()).isFalse();
            assertThat(said).containsExactlyInAnyOrder("outer read the state", "inner read the state");
        }
    }

    @Test
    void anEnvironmentEndsWholeEvenIfWhoClosesItIsInterrupted() throws InterruptedException {
        try (TestingCloud testing = new TestingCloud()) {
            LiveEnvironment other = testing.cloud().create("other", Settings.DEFAULT);
            CountDownLatch begun = new CountDownLatch(1);
            Thread batch = other.ports().threads().start("batch", () -> {
                begun.countDown();
                awaitInterruption(other.ports().clock());
            });
            begun.await();
            Thread.currentThread().interrupt();
            testing.cloud().delete("other");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(batch.isAlive()).isFalse();
        }
    }

    @Test
    void aForkStandsStillWhereItsSourceStands() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            cloud.changeClock("default", clock -> {
                clock.advance(Duration.ofDays(40));
                clock.freeze();
            });
            Instant now = testing.environment().ports().clock().now();
            LiveEnvironment lasting = cloud.fork("default", "lasting");
            LiveEnvironment passing =
                    cloud.forkAt("default", "passing", testing.environment().sequence());
            assertThat(lasting.ports().clock().now()).isEqualTo(now);
            assertThat(passing.ports().clock().now()).isEqualTo(now);
            lasting.ports().clock().resume();
            assertThat(lasting.ports().clock().offset()).isBetween(Duration.ofDays(39), Duration.ofDays(40));
        }
    }

    @Test
    void aForkIsAsFarAheadAsItsSourceAndThenGoesItsOwnWay() {
        try (TestingCloud testing = new TestingCloud()) {
            Cloud cloud = testing.cloud();
            testing.advance(Duration.ofDays(40));
            LiveEnvironment fork = cloud.fork("default", "copy");
            assertThat(fork.ports().clock().offset()).isEqualTo(Duration.ofDays(40));
            fork.ports().clock().advance(Duration.ofDays(1));
            assertThat(testing.environment().ports().clock().offset()).isEqualTo(Duration.ofDays(40));
        }
    }

    private static void awaitInterruption(Clock clock) {
        try {
            clock.sleep(Duration.ofDays(1000));
        } catch (InterruptedException e) {
            // What was waited for.
            return;
        }
        throw new AssertionError("nobody interrupted");
    }
}
