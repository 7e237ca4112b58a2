package virga.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final int SEEDS = 48;

    @BeforeEach
    void thisJavaCanSimulate() {
        assumeTrue(
                VirtualThreadSchedulers.missing().isEmpty(),
                () -> VirtualThreadSchedulers.missing().orElseThrow());
    }

    @Test
    void theCloudKeepsItsPromisesOnEverySeed() {
        LongStream.range(1, SEEDS + 1)
                .forEach(seed -> assertThat(Scenario.of(seed).run(seed).steps()).isPositive());
    }

    @Test
    void everySeedThatEverFailedHoldsNow() throws IOException {
        List<String> seeds = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("seeds.txt"))) {
            String seed = line.replaceAll("#.*", "").strip();
            if (!seed.isEmpty()) {
                seeds.add(seed);
            }
        }
        assertThat(seeds).doesNotHaveDuplicates().allSatisfy(seed -> {
            String[] words = seed.split(" ");
            Scenario.named(words[0]).orElseThrow().run(Long.parseLong(words[1]));
        });
    }

    @Test
    void oneSeedTwiceGivesOneHistory() {
        for (Scenario scenario : Scenario.values()) {
            assertThat(scenario.run(100)).isEqualTo(scenario.run(100));
        }
    }

    /** Order that comes from hashes and identities differs from one JVM to the next. */
    @Test
    void anotherJvmGivesTheSameHistory() throws IOException {
        for (Scenario scenario : Scenario.values()) {
            long seed = 200;
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-opens",
                            "java.base/java.lang=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "virga.simulator.cli.Main",
                            "--workload",
                            scenario.toString(),
                            "--seed",
                            Long.toString(seed))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).contains("digest " + scenario.run(seed).digest());
        }
    }

    @Test
    void anotherSeedGivesAnotherHistory() {
        assertThat(Scenario.QUEUES.run(1).digest())
                .isNotEqualTo(Scenario.QUEUES.run(2).digest());
    }
}
