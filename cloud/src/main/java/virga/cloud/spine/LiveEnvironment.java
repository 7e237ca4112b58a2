package virga.cloud.spine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.cloud.Environment;
import virga.cloud.Settings;
import virga.cloud.UnitOfWork;
import virga.cloud.Weather;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Recorder;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.store.Reading;
import virga.store.Store;

/** An environment that is open: its state, its time, its pump and its pollers. */
public final class LiveEnvironment implements Environment, AutoCloseable {
    /** How long a caller inside the cloud waits for an answer; the longest function may run 15 minutes. */
    private static final Duration INNER_DEADLINE = Duration.ofMinutes(16);

    private final String name;
    private final Store store;
    private final Ports ports;
    private final EnvironmentThreads threads;
    private final Recorder recorder;
    private final Spine spine;
    private final Pump pump;
    private final Pollers pollers;
    private final AtomicReference<Settings> settings;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<Weather> weather = new AtomicReference<>(Weather.CLEAR);

    LiveEnvironment(Parts parts, Spine spine, Registry registry, Consumer<Throwable> onBug) {
        this.name = parts.name();
        this.store = parts.store();
        Ports given = parts.ports();
        this.threads = new EnvironmentThreads(given.threads());
        this.ports = new Ports(given.clock(), given.chance(), given.ids(), given.signals(), threads);
        this.recorder = parts.recorder();
        this.settings = new AtomicReference<>(parts.settings());
        this.spine = spine;
        this.pump = new Pump(this, registry, onBug);
        this.pollers = new Pollers(this, registry, onBug);
    }

    /** What an environment is made of. */
    record Parts(String name, Settings settings, Store store, Ports ports, Recorder recorder) {}

    void start() {
        pump.start();
        pollers.start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public Settings settings() {
        return settings.get();
    }

    void change(Settings changed) {
        settings.set(changed);
    }

    @Override
    public Weather weather() {
        return weather.get();
    }

    /** Changes the weather from now on. */
    public void weather(Weather next) {
        weather.set(next);
    }

    public Recorder recorder() {
        return recorder;
    }

    public Store store() {
        return store;
    }

    /** Whether nothing is due or under way: no task, no recorded call. What a poller has yet to fetch does not count. */
    public boolean settled() {
        return busy.get() == 0 && pump.settled();
    }

    @Override
    public <T> T transact(Call call, Function<UnitOfWork, T> body) {
        return transact(call, body, committed -> {});
    }

    <T> T transact(Call call, Function<UnitOfWork, T> body, Consumer<Work> committed) {
        AtomicReference<Work> last = new AtomicReference<>();
        T result = store.transact(transaction -> {
            Work work = new Work(call, ports, transaction);
            last.set(work);
            return body.apply(work);
        });
        Work work = last.get();
        committed.accept(work);
        work.signals().forEach(ports.signals()::raise);
        return result;
    }

    @Override
    public <T> T read(Function<Reading, T> body) {
        return store.read(body);
    }

    @Override
    public long sequence() {
        return store.sequence();
    }

    /** {@code scope} in this environment: what a fork copied names the environment it was written in. */
    Scope own(Scope scope) {
        return scope.environment().equals(name) ? scope : new Scope(name, scope.account(), scope.region());
    }

    @Override
    public Call newCall(Scope scope, Principal principal, Cause cause) {
        var now = ports.clock().now();
        return new Call(
                ports.ids().uuid(),
                own(scope),
                principal,
                cause,
                now,
                now.plus(INNER_DEADLINE),
                "",
                Call.Recording.FULL);
    }

    @Override
    public <I extends Structure, O extends Structure> Carried<O> carrying(
            Call call, Operation<I, O> operation, I input) {
        boolean counts = call.recording() == Call.Recording.FULL;
        if (counts) {
            busy.incrementAndGet();
        }
        try {
            return spine.run(this, call, operation, input);
        } finally {
            if (counts) {
                busy.decrementAndGet();
            }
        }
    }

    /** Ends all that the environment does by itself; its state and its records stay open. */
    void stop() {
        pollers.close();
        pump.close();
        threads.close();
    }

    @Override
    public void close() {
        stop();
        recorder.close();
        store.close();
        // Each clock has a thread of its own, which would outlive the environment.
        ports.clock().close();
    }
}
