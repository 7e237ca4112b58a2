package virga.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import virga.kernel.Scope;

final class ScalingsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Scalings scalings = new Scalings();

    @Test
    void whatTheLastPollerHasUnderWayCountsForTheNext() throws InterruptedException {
        Scaling first = scalings.begin("default", mapping(2));
        first.acquire(NOW);
        first.end();
        scalings.ended("default", mapping(2));

        Scaling second = scalings.begin("default", mapping(2));
        second.acquire(NOW);
        CountDownLatch third = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> acquire(second, third));
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(third.getCount()).isOne();
        first.release();
        third.await();
    }

    @Test
    void anotherMaximumCountsFromTheNextPollerOn() throws InterruptedException {
        Scaling first = scalings.begin("default", mapping(2));
        first.acquire(NOW);
        first.acquire(NOW);
        first.end();
        Scaling second = scalings.begin("default", mapping(3));
        second.acquire(NOW);
        assertThat(second).isSameAs(first);
    }

    @Test
    void whatNobodyUsesIsForgotten() throws InterruptedException {
        Scaling first = scalings.begin("default", mapping(2));
        first.acquire(NOW);
        first.end();
        first.release();
        scalings.ended("default", mapping(2));
        assertThat(scalings.begin("default", mapping(2))).isNotSameAs(first);
    }

    @Test
    void eachEnvironmentHasItsOwn() {
        assertThat(scalings.begin("default", mapping(2))).isNotSameAs(scalings.begin("fork", mapping(2)));
    }

    private static void acquire(Scaling scaling, CountDownLatch done) {
        try {
            scaling.acquire(NOW);
            done.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Mapping mapping(int maximumConcurrency) {
        return new Mapping(
                "id",
                new Scope("default", "000000000000", "us-east-1"),
                "arn:aws:lambda:us-east-1:000000000000:function:f",
                new Mapping.Source("arn:aws:sqs:us-east-1:000000000000:q", ""),
                new Mapping.Batching(10, 0, 1, maximumConcurrency, false),
                new Mapping.Retrying(-1, -1, false, ""),
                List.of(),
                true,
                NOW,
                Map.of());
    }
}
