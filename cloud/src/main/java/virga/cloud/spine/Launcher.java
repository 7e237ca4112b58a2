package virga.cloud.spine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import virga.cloud.AccessKeys;
import virga.cloud.Settings;
import virga.cloud.spine.SpineKeys.ClockRow;
import virga.cloud.spine.SpineKeys.EnvironmentRow;
import virga.kernel.Bug;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.store.Codec;
import virga.store.Store;

/** Makes environments live: from what their stores say that they are, or from what they are to be. */
final class Launcher {
    private static final Duration LONGER_THAN_FROZEN = Duration.ofDays(36_500);

    private final CloudParts parts;
    private final Registry registry;
    private final Spine spine;

    Launcher(CloudParts parts, Registry registry) {
        this.parts = parts;
        this.registry = registry;
        this.spine = new Spine(registry);
    }

    /** An environment that is kept in {@code store}; it does not run yet. */
    LiveEnvironment open(String name, Store store) {
        EnvironmentRow row = store.read(reading -> reading.get(SpineKeys.ENVIRONMENT.key(), SpineKeys.ENVIRONMENT_ROW))
                .orElseGet(() -> row(parts.settings(), ""));
        return live(name, store, row);
    }

    /**
     * A new environment over {@code store}, with a root key as its only one; it does not run yet.
     */
    LiveEnvironment make(String name, Store store, Settings settings) {
        return make(name, store, row(settings, ""));
    }

    /** As {@link #make}, over {@code store}, a copy of the state of {@code source}, and with its clock as it stands. */
    LiveEnvironment copy(String name, Store store, LiveEnvironment source) {
        ClockRow clock = ClockRow.of(source.ports().clock());
        return make(name, store, row(source.settings(), source.name()).with(clock));
    }

    private LiveEnvironment make(String name, Store store, EnvironmentRow row) {
        LiveEnvironment environment = live(name, store, row);
        environment.transact(ownCall(environment), work -> {
            work.delete(AccessKeys.KEY.range());
            Credentials root = AccessKeys.issue(work, rootOf(row.settings()));
            work.put(SpineKeys.ROOT_KEY.key(), root.accessKeyId(), Codec.UTF8);
            work.put(SpineKeys.ENVIRONMENT.key(), row, SpineKeys.ENVIRONMENT_ROW);
            return root;
        });
        return environment;
    }

    private LiveEnvironment live(String name, Store store, EnvironmentRow row) {
        Ports ports = ports(row);
        var recorder = parts.recorders().open(name, store, ports);
        return new LiveEnvironment(
                new LiveEnvironment.Parts(name, row.settings(), store, ports, recorder),
                spine,
                registry,
                parts.onBug());
    }

    private Ports ports(EnvironmentRow row) {
        ClockRow clock = row.clock();
        if (!clock.frozen()) {
            return parts.ports().open(row.seed(), clock.offset());
        }
        // The machine's time has gone on since it was frozen, and a clock does not go back: it starts well before.
        Ports ports = parts.ports().open(row.seed(), clock.offset().minus(LONGER_THAN_FROZEN));
        ports.clock().freeze();
        ports.clock().advance(Duration.between(ports.clock().now(), clock.standsAt()));
        return ports;
    }

    private EnvironmentRow row(Settings settings, String forkedFrom) {
        return new EnvironmentRow(settings, parts.seed(), ClockRow.STRAIGHT, Instant.EPOCH, forkedFrom);
    }

    /** A key of the environment's root user, for tools. */
    static Credentials rootKey(LiveEnvironment environment) {
        return environment.read(reading -> reading.get(SpineKeys.ROOT_KEY.key(), Codec.UTF8)
                .flatMap(id -> AccessKeys.find(reading, id))
                .orElseThrow(() -> new Bug("environment without a root key: " + environment.name()))
                .credentials());
    }

    /** Gives an environment the root key that another had. */
    static void keepRootKey(LiveEnvironment environment, Credentials root) {
        environment.transact(ownCall(environment), work -> {
            work.put(SpineKeys.ROOT_KEY.key(), root.accessKeyId(), Codec.UTF8);
            return AccessKeys.keep(work, rootOf(environment.settings()), root);
        });
    }

    /** Changes what is kept of what an environment is. */
    static void update(LiveEnvironment environment, UnaryOperator<EnvironmentRow> change) {
        environment.transact(ownCall(environment), work -> {
            EnvironmentRow row = work.get(SpineKeys.ENVIRONMENT.key(), SpineKeys.ENVIRONMENT_ROW)
                    .orElseThrow(() -> new Bug("environment without a row: " + environment.name()));
            work.put(SpineKeys.ENVIRONMENT.key(), change.apply(row), SpineKeys.ENVIRONMENT_ROW);
            return row;
        });
    }

    private static Principal rootOf(Settings settings) {
        return new Principal.Root(settings.accountId());
    }

    private static Call ownCall(LiveEnvironment environment) {
        Settings settings = environment.settings();
        var scope = new Scope(environment.name(), settings.accountId(), settings.region());
        return environment.newCall(
                scope, rootOf(settings), Cause.root(environment.ports().ids().traceId()));
    }
}
