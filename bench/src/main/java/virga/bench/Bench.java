package virga.bench;

import java.util.function.Consumer;
import virga.bench.contender.Contenders;
import virga.kernel.Clock;
import virga.kernel.Ports;

/**
 * What a benchmark works with.
 *
 * @param ports the machine's: real time is what is measured here
 * @param progress told in words of what happens now
 */
public record Bench(Ports ports, Scale scale, Contenders contenders, Consumer<String> progress) {
    public Clock clock() {
        return ports.clock();
    }

    public Load load() {
        return new Load(ports.clock(), ports.threads(), scale.clients());
    }

    /** Takes the time of one thing. */
    public long nanos(Timed body) throws java.io.IOException, InterruptedException {
        long before = clock().nanos();
        body.run();
        return clock().nanos() - before;
    }

    /** Something whose time is taken. */
    @FunctionalInterface
    public interface Timed {
        void run() throws java.io.IOException, InterruptedException;
    }
}
