package virga.cloud.spine;

import java.time.Duration;
import java.util.function.Consumer;
import virga.cloud.Settings;
import virga.kernel.Ports;
import virga.kernel.Recorder;
import virga.store.Store;

/**
 * What a cloud is given by whoever puts it together.
 *
 * @param settings of environments that are made without any
 * @param seed of chance in new environments
 * @param onClose told the name of each environment that closes, once nothing runs in it by itself any more: the engine ends its
 *     workers
 * @param onBug told of every broken promise inside Virga
 */
public record CloudParts(
        Settings settings,
        long seed,
        PortsSource ports,
        RecorderSource recorders,
        WorkerKeys workers,
        Consumer<String> onClose,
        Consumer<Throwable> onBug) {

    /** Makes the ports of an environment. */
    @FunctionalInterface
    public interface PortsSource {
        Ports open(long seed, Duration clockOffset);
    }

    /** Makes the recorder of an environment. */
    @FunctionalInterface
    public interface RecorderSource {
        Recorder open(String environment, Store store, Ports ports);
    }
}
