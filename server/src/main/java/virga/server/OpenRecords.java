package virga.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.cloud.spine.CloudParts.RecorderSource;
import virga.kernel.Bug;
import virga.kernel.CallRecord;
import virga.kernel.Ports;
import virga.kernel.Recorder;
import virga.kernel.Scope;
import virga.observe.Observatory;
import virga.observe.Records;
import virga.observe.Retention;
import virga.store.Store;

/**
 * The records and ports of the environments that are open. The engine serves all of them, so what it tells goes by the scope it tells it
 * of; what it tells of an environment that has closed is dropped with the environment.
 */
public final class OpenRecords implements RecorderSource {
    private final Observatory observatory = new Observatory(Retention.DEFAULT);
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** The same records, for those who read them. */
    public Observatory observatory() {
        return observatory;
    }

    private record Open(Records records, Ports ports) {}

    @Override
    public Recorder open(String environment, Store store, Ports ports) {
        Records records = observatory.open(environment, store, ports);
        Open entry = new Open(records, ports);
        open.put(environment, entry);
        return new Closing(environment, entry);
    }

    /** The records of an environment that is open. */
    public Optional<Records> of(String environment) {
        return Optional.ofNullable(open.get(environment)).map(Open::records);
    }

    Ports ports(String environment) {
        Open entry = open.get(environment);
        if (entry == null) {
            throw new Bug("the environment is not open: " + environment);
        }
        return entry.ports;
    }

    /** A recorder for all environments. */
    Recorder ofAll() {
        return new Recorder() {
            @Override
            public void record(CallRecord record) {
                of(record.scope().environment()).ifPresent(records -> records.record(record));
            }

            @Override
            public void count(Scope scope, String service, String operation, String outcome) {
                of(scope.environment()).ifPresent(records -> records.count(scope, service, operation, outcome));
            }

            @Override
            public void log(
                    Scope scope, String group, String stream, java.time.Instant at, String message, String causeId) {
                of(scope.environment()).ifPresent(records -> records.log(scope, group, stream, at, message, causeId));
            }

            @Override
            public void close() {
                // Each environment closes its own.
            }
        };
    }

    /** Forgets the environment when its recorder closes. */
    private final class Closing implements Recorder {
        private final String environment;
        private final Open entry;

        Closing(String environment, Open entry) {
            this.environment = environment;
            this.entry = entry;
        }

        @Override
        public void record(CallRecord record) {
            entry.records.record(record);
        }

        @Override
        public void count(Scope scope, String service, String operation, String outcome) {
            entry.records.count(scope, service, operation, outcome);
        }

        @Override
        public void log(
                Scope scope, String group, String stream, java.time.Instant at, String message, String causeId) {
            entry.records.log(scope, group, stream, at, message, causeId);
        }

        @Override
        public void close() {
            open.remove(environment, entry);
            entry.records.close();
        }
    }
}
