package virga.simulator.cli;

import java.time.Duration;
import java.time.Instant;
import virga.kernel.system.SeededChance;
import virga.kernel.system.WallClock;
import virga.simulator.Scenario;
import virga.simulator.schedule.Simulation;
import virga.simulator.schedule.SimulationFailure;
import virga.simulator.schedule.VirtualThreadSchedulers;

/** {@code --seed N} runs one seed; {@code --for SECONDS [--base N]} runs new ones. Exit codes: 0 all held, 1 one failed, 2 wrong usage. */
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
        try {
            if (arguments.length == 2 && arguments[0].equals("--seed")) {
                return one(Long.parseLong(arguments[1]), true) ? 0 : 1;
            }
            boolean given = arguments.length == 4 && arguments[2].equals("--base");
            if (arguments.length >= 2 && arguments[0].equals("--for") && (given || arguments.length == 2)) {
                long base = given
                        ? Long.parseLong(arguments[3])
                        : SeededChance.fromEntropy().nextInt(1_000_000_000);
                return many(Duration.ofSeconds(Long.parseLong(arguments[1].replace("s", ""))), base);
            }
        } catch (NumberFormatException notANumber) {
            System.err.println("sim: not a number: " + notANumber.getMessage());
        }
        System.err.println("Usage: ./dev sim --seed N | --for 30s [--base N]");
        return 2;
    }

    private static boolean one(long seed, boolean told) {
        try {
            Simulation.Run run = Scenario.run(seed);
            if (!told) {
                return true;
            }
            System.out.println("seed " + seed + ": ok, " + run.steps() + " steps, " + run.time()
                    + " of virtual time, digest " + run.digest());
            return true;
        } catch (SimulationFailure failure) {
            System.out.println(failure.getMessage());
            System.out.println("again: ./dev sim --seed " + seed + "; add the seed to simulator/seeds.txt");
            return false;
        }
    }

    private static int many(Duration howLong, long base) {
        try (WallClock clock = new WallClock()) {
            Instant end = clock.now().plus(howLong);
            System.out.println("seeds from " + base);
            long seed = base;
            while (clock.now().isBefore(end)) {
                if (!one(seed++, false)) {
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
