package virga.cloud.spine;

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
import virga.cloud.Service;
import virga.cloud.Settings;
import virga.cloud.spine.SpineKeys.ClockRow;
import virga.kernel.Credentials;
import virga.kernel.Fault;
import virga.kernel.MovableClock;
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
    private final Launcher launcher;
    private final KeyDirectory keys = new KeyDirectory();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, LiveEnvironment> open = new TreeMap<>();

    /** @param services made once, serving every environment */
    public Cloud(Stores stores, CloudParts parts, Collection<? extends Service> services) {
        this.stores = stores;
        this.parts = parts;
        this.registry = new Registry(services);
        this.launcher = new Launcher(parts, registry);
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
                        "EnvironmentNotFound",
                        404,
                        "There is no environment " + name + "; there are: " + String.join(", ", names())));
    }

    /**
     * A new, empty environment with a root access key of its own.
     *
     * @throws Fault {@code EnvironmentExists}, {@code InvalidEnvironmentName}
     */
    public LiveEnvironment create(String name, Settings settings) {
        return locked(() -> {
            checkNew(name);
            return run(launcher.make(name, stores.open(name), settings));
        });
    }

    /** A lasting copy of {@code from} as it is now, its time included, with keys of its own; both go their own ways. */
    public LiveEnvironment fork(String from, String to) {
        return locked(() -> {
            checkNew(to);
            LiveEnvironment source = environment(from);
            Store copy = stores.forkTo(from, to);
            return run(launcher.copy(to, copy, source));
        });
    }

    /**
     * A passing copy of {@code from} as it was after commit {@code sequence}, at the time that it is there now: it lives in
     * memory until it is deleted. Its outbox is empty,
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
            return run(launcher.copy(to, copy, source));
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
            Launcher.keepRootKey(emptied, root);
            return emptied;
        });
    }

    /** Changes an environment's settings, for good. */
    public void change(String name, Settings settings) {
        LiveEnvironment environment = environment(name);
        Launcher.update(environment, row -> row.with(settings));
        environment.change(settings);
    }

    /** Does something to an environment's clock and keeps how it then stands. */
    public void changeClock(String name, Consumer<MovableClock> change) {
        LiveEnvironment environment = environment(name);
        MovableClock clock = environment.ports().clock();
        change.accept(clock);
        Launcher.update(environment, row -> row.with(ClockRow.of(clock)));
    }

    /** A key of the environment's root user, for tools. */
    public Credentials rootKey(String name) {
        return Launcher.rootKey(environment(name));
    }

    /** Whom an access key stands for: a worker, or a holder of a key of some environment. */
    public Optional<Caller> caller(String accessKeyId) {
        return parts.workers().find(accessKeyId).or(() -> keys.find(accessKeyId));
    }

    public WorkerIdentities workerIdentities() {
        return parts.workers();
    }

    private LiveEnvironment open(String name) {
        return locked(() -> {
            LiveEnvironment known = open.get(name);
            return known != null ? known : run(launcher.open(name, stores.open(name)));
        });
    }

    private LiveEnvironment run(LiveEnvironment environment) {
        keys.add(environment);
        open.put(environment.name(), environment);
        environment.start();
        return environment;
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
        keys.remove(environment.name());
        // First: what still runs would ask the engine for workers, and write records that nobody keeps.
        environment.stop();
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
