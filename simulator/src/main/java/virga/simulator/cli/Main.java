package virga.simulator.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import virga.kernel.system.SeededChance;
import virga.kernel.system.WallClock;
import virga.simulator.Scenario;
import virga.simulator.schedule.Simulation;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/**
 * {@code --seed N} runs one seed, {@code --for SECONDS [--base N]} new ones; {@code --workload NAME} says on what. Exit codes: 0 all held, 1
 * one failed, 2 wrong usage.
 */
public final class Main {
    private static final int SEEDS_BETWEEN_WORDS = 500;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (VirtualThreadSchedulers.missing().isPresent()) {
            System.err.println("sim: " + VirtualThreadSchedulers.missing().get());
            return 2;
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        Optional<Scenario> workload = Optional.ofNullable(options.remove("--workload"))
                .map(name -> Scenario.named(name).orElse(null));
        boolean right = arguments.length % 2 == 0
                && (arguments.length == 2 * (options.size() + (workload.isPresent() ? 1 : 0)))
                && (options.keySet().equals(Set.of("--seed"))
                        || options.keySet().equals(Set.of("--for"))
                        || options.keySet().equals(Set.of("--for", "--base")));
        try {
            if (right && options.containsKey("--seed")) {
                return one(Long.parseLong(options.get("--seed")), workload, true) ? 0 : 1;
            } else if (right) {
                long base = options.containsKey("--base")
                        ? Long.parseLong(options.get("--base"))
                        : SeededChance.fromEntropy().nextInt(1_000_000_000);
                return many(
                        Duration.ofSeconds(Long.parseLong(options.get("--for").replace("s", ""))), base, workload);
            }
        } catch (NumberFormatException notANumber) {
            System.err.println("sim: not a number: " + notANumber.getMessage());
        }
        System.err.println("Usage: ./dev sim --seed N | --for 30s [--base N]   [--workload "
                + Stream.of(Scenario.values()).map(Scenario::toString).collect(Collectors.joining("|")) + "]");
        return 2;
    }

    /** @param workload what the seed runs on; where it is empty, the seed picks */
    private static boolean one(long seed, Optional<Scenario> workload, boolean told) {
        Scenario scenario = workload.orElseGet(() -> Scenario.of(seed));
        try {
            Simulation.Run run = scenario.run(seed);
            if (told) {
                System.out.println("seed " + seed + " on " + scenario + ": ok, " + run.steps() + " steps, " + run.time()
                        + " of virtual time, digest " + run.digest());
            }
            return true;
        } catch (SimulationFailure failure) {
            System.out.println(failure.getMessage());
            System.out.println("again: ./dev sim --workload " + scenario + " --seed " + seed + "; add '" + scenario
                    + " " + seed + "' to simulator/seeds.txt");
            return false;
        }
    }

    private static int many(Duration howLong, long base, Optional<Scenario> workload) {
        try (WallClock clock = new WallClock()) {
            Instant end = clock.now().plus(howLong);
            System.out.println("seeds from " + base);
            long seed = base;
            while (clock.now().isBefore(end)) {
                if (!one(seed++, workload, false)) {
                    return 1;
                }
                if ((seed - base) % SEEDS_BETWEEN_WORDS == 0) {
                    System.out.println((seed - base) + " seeds held");
                }
            }
            System.out.println((seed - base) + " seeds held, from " + base + " to " + (seed - 1));
            return 0;
        }
    }
}
