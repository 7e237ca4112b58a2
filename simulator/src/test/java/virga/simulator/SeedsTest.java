package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** Simulations run one at a time: a lock that two of them share would let one wake the other. */
@ResourceLock("simulation")
final class SeedsTest {
    private static final int SEEDS = 30;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void theCloudKeepsItsPromisesOnEverySeed() {
        LongStream.range(1, SEEDS + 1)
                .forEach(seed -> assertThat(Scenario.run(seed).steps()).isPositive());
    }

    @Test
    void everySeedThatEverFailedHoldsNow() throws IOException {
        List<Long> seeds = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("seeds.txt"))) {
            String seed = line.replaceAll("#.*", "").strip();
            if (!seed.isEmpty()) {
                seeds.add(Long.parseLong(seed));
            }
        }
        assertThat(seeds).doesNotHaveDuplicates().allSatisfy(Scenario::run);
    }

    @Test
    void oneSeedTwiceGivesOneHistory() {
        for (long seed = 100; seed < 106; seed++) {
            assertThat(Scenario.run(seed)).isEqualTo(Scenario.run(seed));
        }
    }

    @Test
    void anotherSeedGivesAnotherHistory() {
        assertThat(Scenario.run(1).digest()).isNotEqualTo(Scenario.run(2).digest());
    }
}
