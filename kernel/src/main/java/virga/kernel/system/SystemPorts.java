package virga.kernel.system;

import java.time.Duration;
import java.util.function.Consumer;
import virga.kernel.Chance;
import virga.kernel.ClockSignals;
import virga.kernel.Ids;
import virga.kernel.Ports;

/** Puts together the ports of an environment on a real machine. */
public final class SystemPorts {
    private SystemPorts() {}

    public static Ports of(long seed, Duration clockOffset, Consumer<Throwable> onBug) {
        WallClock clock = new WallClock(clockOffset);
        Chance chance = new SeededChance(seed);
        // Identifiers must differ from run to run even where weather is repeated by seed: they name things that outlive
        // the process.
        Chance identity = SeededChance.fromEntropy();
        return new Ports(clock, chance, new Ids(identity, clock), new ClockSignals(clock), new VirtualThreads(onBug));
    }
}
