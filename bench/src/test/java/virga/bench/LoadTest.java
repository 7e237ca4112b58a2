package virga.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

final class LoadTest {
    private final Ports ports = SystemPorts.of(1, Duration.ZERO, bug -> {
        throw new AssertionError(bug);
    });

    @Test
    void everyCallIsMadeOnce() throws InterruptedException {
        ConcurrentLinkedQueue<Integer> made = new ConcurrentLinkedQueue<>();
        AtomicLong processor = new AtomicLong();
        Round round = load().round(10, processor::get, number -> {
            made.add(number);
            processor.addAndGet(5);
        });
        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 40).boxed().toList());
        assertThat(round.samples()).hasSize(10);
        assertThat(round.perSecond()).isPositive();
        assertThat(round.processorNanos()).isEqualTo(5);
    }

    @Test
    void aCallThatFailsEndsTheRound() {
        assertThatThrownBy(() -> load().round(10, () -> 0, number -> {
                    if (number == 15) {
                        throw new IllegalStateException("no answer");
                    }
                }))
                .hasMessage("no answer");
    }

    @Test
    void contendersTakeTurns() {
        assertThat(Turns.of(1, List.of("A", "B"))).containsExactly("A", "B");
        assertThat(Turns.of(2, List.of("A", "B"))).containsExactly("B", "A");
    }

    private Load load() {
        return new Load(ports.clock(), ports.threads(), 4);
    }
}
