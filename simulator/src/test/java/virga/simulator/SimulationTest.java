package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.simulator.schedule.SeededThreads;
import virga.simulator.schedule.SimulatedClock;
import virga.simulator.schedule.Simulation;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

@ResourceLock("simulation")
final class SimulationTest {
    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void aDayPassesAtOnceWhereNobodyCanGoOn() {
        Simulation simulation = new Simulation(1);
        SimulatedClock clock = simulation.clock(simulation.outside(), Duration.ZERO);
        Instant began = clock.now();
        assertThat(simulation.run(() -> sleep(clock, Duration.ofDays(1))).time())
                .isGreaterThanOrEqualTo(Duration.ofDays(1));
        assertThat(clock.now()).isAfterOrEqualTo(began.plus(Duration.ofDays(1)));
    }

    @Test
    void aHoldKeepsTimeFromJumpingAndIsNamed() {
        Simulation simulation = new Simulation(1);
        SimulatedClock clock = simulation.clock(simulation.outside(), Duration.ZERO);
        Simulation.Hold hold = simulation.hold("counting");
        assertThatThrownBy(() -> simulation.run(() -> sleep(clock, Duration.ofDays(1))))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("counting");
        hold.close();
    }

    @Test
    void chanceDecidesWhoGoesOn() {
        assertThat(List.of(order(1), order(2), order(3), order(4))).doesNotHaveDuplicates();
        assertThat(order(1)).isEqualTo(order(1));
    }

    private static List<Integer> order(long seed) {
        Simulation simulation = new Simulation(seed);
        List<Integer> order = new ArrayList<>();
        simulation.run(() -> {
            CountDownLatch done = new CountDownLatch(12);
            for (int i = 0; i < 12; i++) {
                int number = i;
                simulation.outside().start("n", () -> {
                    order.add(number);
                    done.countDown();
                });
            }
            join(done);
        });
        return order;
    }

    @Test
    void aKilledProcessGoesNoFurtherAndItsAlarmsAreSilent() {
        Simulation simulation = new Simulation(1);
        SeededThreads process = simulation.process("victim");
        SimulatedClock its = simulation.clock(process, Duration.ZERO);
        SimulatedClock clock = simulation.clock(simulation.outside(), Duration.ZERO);
        List<String> said = new ArrayList<>();
        simulation.run(() -> {
            process.start("sleeper", () -> {
                try {
                    sleep(its, Duration.ofMinutes(1));
                } finally {
                    said.add("woke");
                }
            });
            sleep(clock, Duration.ofSeconds(1));
            process.kill();
            sleep(clock, Duration.ofHours(1));
        });
        assertThat(said).isEmpty();
    }

    @Test
    void anExceptionThatEscapesAThreadBreaksTheRunOff() {
        assertThatThrownBy(() -> new Simulation(1).run(() -> {
                    throw new IllegalStateException("planted");
                }))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("seed 1, step")
                .hasMessageContaining("planted");
    }

    @Test
    void aThreadThatWaitsForEverIsNamedWithItsPlace() {
        CountDownLatch never = new CountDownLatch(1);
        Simulation simulation = new Simulation(1);
        assertThatThrownBy(() -> simulation.run(() -> {
                    simulation.outside().start("stuck", () -> join(never));
                    join(never);
                }))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("seed 1, step")
                .hasMessageContaining("outside/stuck#1 stands at virga.simulator.SimulationTest.join");
    }

    @Test
    void aThreadThatNeverComesToItsEndIsNamed() {
        Simulation simulation = new Simulation(1);
        SimulatedClock clock = simulation.clock(simulation.outside(), Duration.ZERO);
        assertThatThrownBy(() -> simulation.run(() -> {
                    simulation.outside().start("restless", () -> {
                        while (true) {
                            Simulation.giveWay();
                        }
                    });
                    sleep(clock, Duration.ofDays(1));
                }))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("most took outside/restless#1");
    }

    @Test
    void aThreadOfTheOutsideMayWakeNobody() {
        Simulation simulation = new Simulation(1);
        CountDownLatch latch = new CountDownLatch(1);
        assertThatThrownBy(() -> simulation.run(() -> {
                    Thread waiting = simulation.outside().start("waits", () -> join(latch));
                    while (waiting.getState() != Thread.State.WAITING) {
                        Simulation.giveWay();
                    }
                    Thread stranger = Thread.ofPlatform().start(latch::countDown);
                    while (stranger.isAlive()) {
                        Thread.onSpinWait();
                    }
                    Simulation.giveWay();
                }))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("only the simulation wakes its threads");
    }

    private static void sleep(SimulatedClock clock, Duration duration) {
        try {
            clock.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
