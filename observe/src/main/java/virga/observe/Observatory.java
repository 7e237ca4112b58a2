package virga.observe;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Ports;
import virga.store.Store;

/** The records of every open environment, by name: where services that show logs, metrics and traces find them. */
public final class Observatory {
    private final Retention retention;
    private final Map<String, Records> open = new ConcurrentHashMap<>();

    /** @param retention of records, in every environment */
    public Observatory(Retention retention) {
        this.retention = retention;
    }

    /** Opens an environment's records; whoever opens them closes them. */
    public Records open(String environment, Store store, Ports ports) {
        Records records = new Records(store, ports.clock(), ports.threads(), retention);
        open.put(environment, records);
        return records;
    }

    /** The records of an environment that is open. */
    public Optional<Records> find(String environment) {
        return Optional.ofNullable(
                open.computeIfPresent(environment, (name, known) -> known.isClosed() ? null : known));
    }

    /** @throws virga.kernel.Bug where the environment is not open */
    public Records of(String environment) {
        return find(environment).orElseThrow(() -> new virga.kernel.Bug("environment is not open: " + environment));
    }
}
