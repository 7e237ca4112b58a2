package virga.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import virga.cloud.Service;
import virga.cloud.Settings;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.CloudParts;
import virga.cloud.spine.LiveEnvironment;
import virga.cloud.spine.WorkerKeys;
import virga.kernel.Cause;
import virga.kernel.Chance;
import virga.kernel.ClockSignals;
import virga.kernel.Fault;
import virga.kernel.Ids;
import virga.kernel.Ports;
import virga.kernel.Principal;
import virga.kernel.Scope;
import virga.model.Operation;
import virga.model.Structure;
import virga.observe.Observatory;
import virga.observe.Retention;
import virga.simulator.schedule.SeededThreads;
import virga.simulator.schedule.SimulatedClock;
import virga.simulator.schedule.Simulation;
import virga.store.memory.MemoryStores;

/** The real cloud on simulated threads and time. It is killed just after chosen commits, and opens again on the state that is left. */
public final class SimulatedCloud {
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

    private final Simulation simulation;
    private final SimulatedClock clock;
    private final Chance chance;
    private final MemoryStores stores = new MemoryStores();
    private final TreeSet<Integer> crashes = new TreeSet<>();
    private final List<Pending<?>> pending = new ArrayList<>();
    private final Supplier<? extends List<? extends Service>> services;
    private int commits;
    private int lives;
    private SeededThreads life;
    private CountDownLatch up = new CountDownLatch(1);
    private Optional<Cloud> cloud = Optional.empty();

    /**
     * @param services makes those of one process: what they keep in memory is gone with it
     * @param crashes so many times the cloud is killed, each time after one of its first {@code within} commits
     */
    public SimulatedCloud(
            Simulation simulation, Supplier<? extends List<? extends Service>> services, int crashes, int within) {
        this.simulation = simulation;
        this.services = services;
        this.chance = simulation.chance("cloud");
        this.clock = simulation.clock(simulation.outside(), Duration.ZERO);
        for (int i = 0; i < crashes; i++) {
            this.crashes.add(1 + chance.nextInt(within));
        }
    }

    /** Starts the cloud; calls wait until it is up. */
    public void start() {
        SeededThreads process = simulation.process("cloud-" + ++lives);
        life = process;
        process.start("boot", () -> boot(process));
    }

    private void boot(SeededThreads process) {
        SimulatedClock own = simulation.clock(process, Duration.ZERO);
        // Ids must differ from one life to the next, as they do on a real machine.
        Chance identity = simulation.chance("identity-" + lives);
        Observatory observatory = new Observatory(Retention.DEFAULT);
        CloudParts parts = new CloudParts(
                Settings.DEFAULT,
                simulation.seed(),
                (seed, offset) -> ports(process, seed, offset, identity),
                observatory::open,
                new WorkerKeys(new Ids(identity.named("workers"), own)),
                name -> {},
                simulation::fail);
        Cloud opened = new Cloud(new SteppingStores(stores, () -> committed(process)), parts, services.get());
        opened.start();
        cloud = Optional.of(opened);
        simulation.note("cloud is up, life " + lives);
        up.countDown();
    }

    private Ports ports(SeededThreads process, long seed, Duration offset, Chance identity) {
        SimulatedClock own = simulation.clock(process, offset);
        return new Ports(
                own,
                simulation.chance("environment-" + seed + "-" + lives),
                new Ids(identity, own),
                new ClockSignals(own),
                process);
    }

    private void committed(SeededThreads process) {
        commits++;
        if (crashes.remove(commits)) {
            crash(process);
        }
    }

    /** Kills the cloud on the thread that has just committed; that thread goes no further. */
    private void crash(SeededThreads process) {
        simulation.note("crash after commit " + commits);
        cloud = Optional.empty();
        if (up.getCount() == 0) {
            // Killed while it starts, it keeps the latch: clients wait at that one already.
            up = new CountDownLatch(1);
        }
        process.kill();
        List<Pending<?>> cut = List.copyOf(pending);
        pending.clear();
        cut.forEach(call -> call.done.countDown());
        Duration outage = Duration.ofMillis(chance.nextInt((int) LONGEST_OUTAGE.toMillis()));
        simulation.outside().start("operator", () -> {
            sleep(outage);
            start();
        });
        Simulation.giveWay();
    }

    /** How many times the cloud has been started. */
    public int lives() {
        return lives;
    }

    /** As {@link #sleep}, for threads of the cloud: those may be interrupted. */
    public void pause(Duration duration) throws InterruptedException {
        clock.sleep(duration);
    }

    /** Waits on the world's clock. */
    public void sleep(Duration duration) {
        try {
            clock.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
    }

    private static final class Pending<O> {
        private final CountDownLatch done = new CountDownLatch(1);
        private Reply<O> reply = new Reply.Lost<>();
    }

    /** Calls as the account's root user, on a thread of the cloud's own as the door does; waits for what comes of it. */
    public <I extends Structure, O extends Structure> Reply<O> call(Operation<I, O> operation, I input) {
        Pending<O> call = new Pending<>();
        try {
            while (cloud.isEmpty()) {
                up.await();
            }
            Cloud running = cloud.get();
            pending.add(call);
            life.start(operation.name(), () -> {
                call.reply = answer(running, operation, input);
                pending.remove(call);
                call.done.countDown();
            });
            call.done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts those outside", e);
        }
        return call.reply;
    }

    private static <I extends Structure, O extends Structure> Reply<O> answer(
            Cloud cloud, Operation<I, O> operation, I input) {
        LiveEnvironment environment = cloud.environment(Cloud.DEFAULT_ENVIRONMENT);
        Settings settings = environment.settings();
        Scope scope = new Scope(environment.name(), settings.accountId(), settings.region());
        String trace = environment.ports().ids().traceId();
        try {
            return new Reply.Answered<>(environment.call(
                    environment.newCall(scope, new Principal.Root(settings.accountId()), Cause.root(trace)),
                    operation,
                    input));
        } catch (Fault fault) {
            return new Reply.Refused<>(fault);
        }
    }
}
