package virga.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import virga.engine.isolation.Priority;
import virga.engine.isolation.ProcessorTime;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeCalls.Reply;
import virga.kernel.Cause;
import virga.kernel.Clock;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.function.WorkerIdentities;

/**
 * One execution environment: a process that handles one event at a time.
 *
 * <p>Life: starting (until the runtime asks for an event) → ready, frozen ⇄ handling → ended. An error while starting, a timeout,
 * too much memory or the process's own end lead to ended from anywhere. Only the thread that leased it from its pool steps it.
 */
final class Worker {
    private static final Duration WATCH = Duration.ofMillis(20);

    /** Every process waits a little, on an idle machine too: less than this is no reason to wait again. */
    private static final Duration LEAST_EXTENSION = Duration.ofMillis(100);

    private final Parts parts;
    private final Ports environment;
    private final Ports machine;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean memoryExceeded;
    private volatile boolean watching;
    private volatile Clock.Alarm watch = () -> {};
    private boolean frozen;
    private long step;

    /**
     * What a worker is made of.
     *
     * @param startedNanos when its process was started, or was given its function, on the machine's steady clock
     */
    record Parts(
            StartedProcess started,
            WorkerLog log,
            WorkerOutput output,
            Credentials credentials,
            WorkerIdentities identities,
            long startedNanos) {
        Sandbox sandbox() {
            return started.sandbox();
        }

        Process process() {
            return started.process();
        }

        Conversation conversation() {
            return started.conversation();
        }
    }

    Worker(Parts parts, Ports environment, Ports machine) {
        this.parts = parts;
        this.environment = environment;
        this.machine = machine;
    }

    WorkerLog log() {
        return parts.log();
    }

    long startedNanos() {
        return parts.startedNanos();
    }

    /** When its process first connected to the Runtime API. */
    long connectedNanos() {
        return parts.conversation().connectedNanos();
    }

    /** Where it has connected to outside Virga since it started. */
    String outside() {
        return parts.conversation().outside();
    }

    /** The most that was seen so far. It is looked at now and then, because processes that have ended can not be asked. */
    int maxMemoryMegabytes() {
        return parts.sandbox().maxMemoryMegabytes();
    }

    /** Calls made with the worker's credentials follow from {@code cause} from now on. */
    void attribute(Cause cause) {
        parts.identities().attribute(parts.credentials().accessKeyId(), cause);
    }

    /** Hands an event to the runtime, which must have asked for one. */
    void deliver(String requestId, Reply event) {
        thaw();
        parts.conversation().deliver(requestId, event);
    }

    /**
     * Waits until the runtime asks for its first event, or for what comes in its place, until {@code deadline} on the environment's
     * clock. The time for which this machine had no processor for the worker does not count: on Lambda there is always one.
     */
    WorkerEvent awaitStart(Instant deadline) throws InterruptedException {
        Instant from = environment.clock().now();
        ProcessorTime before = parts.sandbox().processorTime();
        Instant extended = deadline;
        while (true) {
            WorkerEvent event = await(extended);
            long elapsed = Duration.between(from, environment.clock().now()).toNanos();
            Instant allowed = deadline.plusNanos(parts.sandbox().processorTime().heldUpNanos(before, elapsed));
            if (!(event instanceof WorkerEvent.Late) || !allowed.isAfter(extended.plus(LEAST_EXTENSION))) {
                parts.sandbox().prioritise(Priority.HANDLING);
                maxMemoryMegabytes();
                return event;
            }
            extended = allowed;
        }
    }

    /** Waits for the next thing that happens, until {@code deadline} on the environment's clock. */
    WorkerEvent await(Instant deadline) throws InterruptedException {
        long current = ++step;
        Clock.Alarm alarm =
                environment.clock().at(deadline, () -> parts.conversation().tell(new WorkerEvent.Late(current)));
        watch(true);
        try {
            while (true) {
                WorkerEvent event = parts.conversation().take();
                // An alarm may have rung while the step before it came to its end.
                if (!(event instanceof WorkerEvent.Late late) || late.step() == current) {
                    return event;
                }
            }
        } finally {
            watch(false);
            alarm.cancel();
        }
    }

    /** Waits until all that was written so far is in the log. */
    void settleLog() throws InterruptedException {
        parts.output().settle();
    }

    /** Whether the process ended because it had more memory than its function may have. */
    boolean ranOutOfMemory() {
        return memoryExceeded || !parts.sandbox().withinMemory();
    }

    void freeze() {
        if (!frozen) {
            parts.sandbox().freeze();
            frozen = true;
        }
    }

    private void thaw() {
        if (frozen) {
            parts.sandbox().thaw();
            frozen = false;
        }
    }

    boolean alive() {
        return !ended.get() && parts.process().isAlive();
    }

    /** Ends the processes at once, but keeps log and figures readable; {@link #end} must follow. */
    void kill() {
        parts.sandbox().kill();
    }

    /** Ends the worker for good. May be called twice, and from another thread than the one that has it. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            parts.started().end();
            parts.identities().revoke(parts.credentials().accessKeyId());
        }
    }

    private void watch(boolean on) {
        watching = on;
        if (on) {
            watch = machine.clock().at(machine.clock().now().plus(WATCH), this::look);
        } else {
            watch.cancel();
        }
    }

    private void look() {
        machine.threads().start("worker-memory", () -> {
            if (watching && !ended.get() && parts.process().isAlive()) {
                maxMemoryMegabytes();
                if (parts.sandbox().withinMemory()) {
                    watch = machine.clock().at(machine.clock().now().plus(WATCH), this::look);
                } else {
                    memoryExceeded = true;
                    parts.sandbox().kill();
                }
            }
        });
    }
}
