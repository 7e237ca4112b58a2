package virga.cloud.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import virga.cloud.Service;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.CloudParts;
import virga.cloud.spine.LiveEnvironment;
import virga.cloud.spine.WorkerKeys;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.kernel.system.SystemPorts;
import virga.model.Operation;
import virga.model.Structure;
import virga.store.memory.MemoryStores;

/** A cloud in memory with one environment, whose clock a test may move. */
public final class TestingCloud implements AutoCloseable {
    private static final long SEED = 7;

    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final TestingRecorder recorder = new TestingRecorder();
    private final Cloud cloud;

    public TestingCloud(Service... services) {
        this(new WorkerKeys(SystemPorts.of(SEED, Duration.ZERO, unused -> {}).ids()), services);
    }

    public TestingCloud(WorkerKeys workers, Service... services) {
        this.cloud = new Cloud(
                new MemoryStores(),
                new CloudParts(
                        Settings.DEFAULT,
                        SEED,
                        (seed, offset) -> SystemPorts.of(seed, offset, bugs::add),
                        (name, store, ports) -> recorder,
                        workers,
                        name -> {},
                        bugs::add),
                List.of(services));
        cloud.start();
    }

    public Cloud cloud() {
        return cloud;
    }

    public LiveEnvironment environment() {
        return cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
    }

    public Scope scope() {
        Settings settings = environment().settings();
        return new Scope(environment().name(), settings.accountId(), settings.region());
    }

    /** A call of the account's root user, the beginning of a lineage. */
    public Call call() {
        return callAs(new Principal.Root(scope().account()));
    }

    public Call callAs(Principal principal) {
        String trace = environment().ports().ids().traceId();
        return environment().newCall(scope(), principal, Cause.root(trace));
    }

    /** Calls an operation as the root user. */
    public <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        return environment().call(call(), operation, input);
    }

    public void advance(Duration duration) {
        environment().ports().clock().advance(duration);
    }

    /** Waits until no call, task or delivery is under way: what had its effect by then is recorded. */
    public void settle() {
        while (!environment().settled()) {
            Thread.onSpinWait();
        }
    }

    /** Everything recorded so far. The record of a delivery follows its effect: {@link #settle} before looking for one. */
    public List<CallRecord> records() {
        return recorder.records();
    }

    /** What broke inside; a test that expects nothing to break looks here. */
    public List<Throwable> bugs() {
        return new ArrayList<>(bugs);
    }

    @Override
    public void close() {
        cloud.close();
        if (!bugs.isEmpty()) {
            AssertionError failure = new AssertionError("bugs inside the cloud: " + bugs);
            bugs.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
