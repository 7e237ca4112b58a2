package virga.cloud.spine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.cloud.AccessKeys;
import virga.cloud.Service;
import virga.cloud.Settings;
import virga.cloud.spine.SpineKeys.ClockRow;
import virga.cloud.spine.SpineKeys.EnvironmentRow;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.Ids;
import virga.kernel.MovableClock;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.function.WorkerIdentities;
import virga.store.Reading;
import virga.store.Store;
import virga.store.Stores;
import virga.store.Transaction;

/** One running Virga: its environments, who may call them, and the services that all of them have. */
public final class Cloud implements AutoCloseable {
    public static final String DEFAULT_ENVIRONMENT = "default";
    private static final String NAMES = "[a-z0-9][a-z0-9-]{0,62}";

    private final Stores stores;
    private final CloudParts parts;
    private final Registry registry;
    private final Spine spine;
    private final WorkerKeys workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, LiveEnvironment> open = new TreeMap<>();

    /** @param services made once, serving every environment */
    public Cloud(Stores stores, CloudParts parts, Collection<? extends Service> services) {
        this.stores = stores;
        this.parts = parts;
        this.registry = new Registry(services);
        this.spine = new Spine(registry);
        this.workers = parts.workers();
    }

    public Registry registry() {
        return registry;
    }

    /** Opens every environment that is kept, and makes the default one where it is not. */
    public void start() {
        for (String name : stores.names()) {
            open(name);
        }
        if (find(DEFAULT_ENVIRONMENT).isEmpty()) {
            create(DEFAULT_ENVIRONMENT, parts.settings());
        }
    }

    /** The open environments, by name. */
    public List<LiveEnvironment> environments() {
        return locked(() -> new ArrayList<>(open.values()));
    }

    public Optional<LiveEnvironment> find(String name) {
        return locked(() -> Optional.ofNullable(open.get(name)));
    }

    /** @throws Fault {@code EnvironmentNotFound} */
    public LiveEnvironment environment(String name) {
        return find(name)
                .orElseThrow(() -> new Fault(
                        "EnvironmentNotFound", 404, "There is no environment " + name + "; there are: " + names()));
    }

    /**
     * A new, empty environment with a root access key of its own.
     *
     * @throws Fault {@code EnvironmentExists}, {@code InvalidEnvironmentName}
     */
    public LiveEnvironment create(String name, Settings settings) {
        return locked(() -> {
            checkNew(name);
            return launch(name, stores.open(name), Optional.of(fresh(settings, "")));
        });
    }

    /** A lasting copy of {@code from} as it is now, with keys of its own; both go their own ways. */
    public LiveEnvironment fork(String from, String to) {
        return locked(() -> {
            checkNew(to);
            LiveEnvironment source = environment(from);
            Store copy = stores.forkTo(from, to);
            return launch(to, copy, Optional.of(fresh(source.settings(), from)));
        });
    }

    /**
     * A passing copy of {@code from} as it was after commit {@code sequence}: it lives in memory until it is deleted. Its outbox is empty,
     * so that only what is delivered to it happens in it.
     */
    public LiveEnvironment forkAt(String from, String to, long sequence) {
        return forkAt(from, to, sequence, poller -> true);
    }

    /**
     * As {@link #forkAt(String, String, long)}, with some pollers left out: what they would fetch from the copied state is not delivered.
     *
     * @param polling whether the poller of this id runs in the fork
     */
    public LiveEnvironment forkAt(String from, String to, long sequence, Predicate<String> polling) {
        return locked(() -> {
            checkNew(to);
            LiveEnvironment source = environment(from);
            Store copy = source.store().forkAt(sequence);
            copy.transact(transaction -> {
                transaction.delete(SpineKeys.TASK.range());
                transaction.delete(SpineKeys.TIMER.range());
                leaveOut(transaction, polling);
                return null;
            });
            return launch(to, copy, Optional.of(fresh(source.settings(), from)));
        });
    }

    private static void leaveOut(Transaction transaction, Predicate<String> polling) {
        List<Reading.Entry> rows;
        try (Stream<Reading.Entry> all = transaction.scan(SpineKeys.POLLER.range())) {
            rows = all.toList();
        }
        for (Reading.Entry row : rows) {
            if (!polling.test(SpineKeys.POLLER_ROW.decode(row.value()).id())) {
                transaction.delete(row.key());
            }
        }
    }

    /** Closes an environment and removes all that it held. */
    public void delete(String name) {
        locked(() -> {
            environment(name);
            close(open.remove(name));
            if (stores.names().contains(name)) {
                stores.delete(name);
            }
            return null;
        });
    }

    /** Empties an environment: as new, with the settings and the keys it had. */
    public LiveEnvironment reset(String name) {
        return locked(() -> {
            Settings settings = environment(name).settings();
            Credentials root = rootKey(name);
            delete(name);
            LiveEnvironment emptied = create(name, settings);
            emptied.transact(internalCall(emptied), work -> AccessKeys.keep(work, rootOf(settings), root));
            return emptied;
        });
    }

    /** Changes an environment's settings, for good. */
    public void change(String name, Settings settings) {
        LiveEnvironment environment = environment(name);
        update(environment, row -> row.with(settings));
        environment.change(settings);
    }

    /** Does something to an environment's clock and keeps how it then stands. */
    public void changeClock(String name, Consumer<MovableClock> change) {
        LiveEnvironment environment = environment(name);
        MovableClock clock = environment.ports().clock();
        change.accept(clock);
        update(environment, row -> row.with(new ClockRow(clock.offset(), clock.frozen(), clock.now())));
    }

    /** A key of the environment's root user, for tools. */
    public Credentials rootKey(String name) {
        LiveEnvironment environment = environment(name);
        return environment.read(reading -> reading.get(SpineKeys.ROOT_KEY.key(), virga.store.Codec.UTF8)
                .flatMap(id -> AccessKeys.find(reading, id))
                .orElseThrow(() -> new virga.kernel.Bug("environment without a root key: " + name))
                .credentials());
    }

    /** Whom an access key stands for: a worker, or a holder of a key of some environment. */
    public Optional<Caller> caller(String accessKeyId) {
        Optional<Caller> worker = workers.find(accessKeyId);
        if (worker.isPresent()) {
            return worker;
        }
        for (LiveEnvironment environment : environments()) {
            Optional<AccessKeys.Identity> found = environment.read(reading -> AccessKeys.find(reading, accessKeyId));
            if (found.isPresent()) {
                AccessKeys.Identity identity = found.get();
                return Optional.of(
                        new Caller(environment.name(), identity.credentials(), identity.principal(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    public WorkerIdentities workerIdentities() {
        return workers;
    }

    private LiveEnvironment open(String name) {
        return locked(() -> {
            LiveEnvironment known = open.get(name);
            return known != null ? known : launch(name, stores.open(name), Optional.empty());
        });
    }

    /** @param given what the environment is, where that is not kept in its store yet */
    private LiveEnvironment launch(String name, Store store, Optional<EnvironmentRow> given) {
        EnvironmentRow row = given.orElseGet(() -> store.read(
                        reading -> reading.get(SpineKeys.ENVIRONMENT.key(), SpineKeys.ENVIRONMENT_ROW))
                .orElseGet(() -> fresh(parts.settings(), "")));
        Ports ports = parts.ports().open(row.seed(), row.clock().offset());
        if (row.clock().frozen()) {
            ports.clock().freeze();
            Duration behind = Duration.between(ports.clock().now(), row.clock().standsAt());
            if (behind.isPositive()) {
                ports.clock().advance(behind);
            }
        }
        var environment = new LiveEnvironment(
                new LiveEnvironment.Parts(
                        name, row.settings(), store, ports, parts.recorders().open(name, store, ports)),
                spine,
                registry,
                parts.onBug());
        if (given.isPresent()) {
            environment.transact(internalCall(environment), work -> {
                work.delete(AccessKeys.KEY.range());
                Credentials root = AccessKeys.issue(work, rootOf(row.settings()));
                work.put(SpineKeys.ROOT_KEY.key(), root.accessKeyId(), virga.store.Codec.UTF8);
                work.put(SpineKeys.ENVIRONMENT.key(), row, SpineKeys.ENVIRONMENT_ROW);
                return root;
            });
        }
        open.put(name, environment);
        environment.start();
        return environment;
    }

    private EnvironmentRow fresh(Settings settings, String forkedFrom) {
        return new EnvironmentRow(settings, parts.seed(), ClockRow.STRAIGHT, Instant.EPOCH, forkedFrom);
    }

    private static Principal rootOf(Settings settings) {
        return new Principal.Root(settings.accountId());
    }

    private static virga.kernel.Call internalCall(LiveEnvironment environment) {
        Settings settings = environment.settings();
        var scope = new virga.kernel.Scope(environment.name(), settings.accountId(), settings.region());
        Ids ids = environment.ports().ids();
        return environment.newCall(scope, rootOf(settings), virga.kernel.Cause.root(ids.traceId()));
    }

    private static void update(LiveEnvironment environment, java.util.function.UnaryOperator<EnvironmentRow> change) {
        environment.transact(internalCall(environment), work -> {
            EnvironmentRow row = work.get(SpineKeys.ENVIRONMENT.key(), SpineKeys.ENVIRONMENT_ROW)
                    .orElseThrow(() -> new virga.kernel.Bug("environment without a row: " + environment.name()));
            work.put(SpineKeys.ENVIRONMENT.key(), change.apply(row), SpineKeys.ENVIRONMENT_ROW);
            return row;
        });
    }

    private void checkNew(String name) {
        if (!name.matches(NAMES)) {
            throw new Fault(
                    "InvalidEnvironmentName",
                    400,
                    "An environment's name has 1 to 63 lower case letters, digits and hyphens, and does not begin with a hyphen: "
                            + name);
        }
        if (open.containsKey(name) || stores.names().contains(name)) {
            throw new Fault("EnvironmentExists", 409, "There is an environment " + name + " already");
        }
    }

    private List<String> names() {
        return locked(() -> List.copyOf(open.keySet()));
    }

    private void close(LiveEnvironment environment) {
        parts.onClose().accept(environment.name());
        environment.close();
    }

    private <T> T locked(java.util.function.Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            open.values().forEach(this::close);
            open.clear();
            return null;
        });
        stores.close();
    }
}
