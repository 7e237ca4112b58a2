package virga.cloud.spine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Hold;
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
    private final Activity activity;
    private final Pump pump;
    private final Pollers pollers;
    private final AtomicReference<Settings> settings;
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
        this.activity = new Activity(ports.clock());
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

    /** Whether nothing moves; see {@link #moving}. */
    public boolean settled() {
        return moving().isEmpty();
    }

    /**
     * What moves here and does not wait for time to pass, in words: calls, tasks that are due, what pollers have in hand and what they
     * could fetch. Where it is empty, nothing will happen before the clock reaches some time or somebody calls.
     */
    public List<String> moving() {
        return moving(source -> true);
    }

    /** As {@link #moving()}; what pollers could fetch counts only where it is in one of {@code sources}, by their ARNs. */
    public List<String> moving(Predicate<String> sources) {
        long before = activity.begun();
        List<String> moving = new ArrayList<>(activity.moving());
        if (moving.isEmpty() && !pump.isIdle()) {
            moving.add("tasks that are due");
        }
        if (moving.isEmpty()) {
            pollers.pending().stream()
                    .filter(pending -> sources.test(pending.source()))
                    .forEach(pending -> moving.add(pending.what()));
        }
        // The places were looked at one after another: what began meanwhile may have moved something past the look.
        if (moving.isEmpty()) {
            moving.addAll(activity.moving());
        }
        if (moving.isEmpty() && activity.begun() != before) {
            moving.add("something that began just now");
        }
        return moving;
    }

    /**
     * The next moment that something here waits for: a batch that is being gathered or will be tried again, or a task that will be
     * tried again, which follows from one of these causes. Timers, and what a queue keeps back for a while is not part of it.
     */
    public Optional<Instant> nextDue(Predicate<Cause> concerned) {
        return Stream.of(activity.nextDue(concerned), pump.nextDue(concerned))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    Activity activity() {
        return activity;
    }

    @Override
    public Hold hold(String what) {
        return activity.hold(what);
    }

    @Override
    public boolean isHeld(String what) {
        return activity.isHeld(what);
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
        return spine.run(this, call, operation, input);
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
