package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import virga.engine.isolation.Furnishing;
import virga.engine.isolation.Priority;
import virga.engine.isolation.ProcessorTime;
import virga.engine.isolation.Sandbox;
import virga.engine.runtimeapi.RuntimeEndpoint;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;
import virga.kernel.Credentials;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

/** What counts as a worker's own time to start, on a machine that is too busy to let it. */
class TimeOfInitialisationTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void theTimeForWhichTheMachineHadNoProcessorDoesNotCount() throws Exception {
        try (TestingSandbox sandbox = new TestingSandbox()) {
            sandbox.ports.clock().freeze();
            Instant start = sandbox.ports.clock().now();
            FutureTask<WorkerEvent> waiting = sandbox.awaitStart(start.plus(LIMIT));
            sandbox.awaitedNanos.set(Duration.ofSeconds(4).toNanos());
            sandbox.ports.clock().advance(LIMIT);
            sandbox.awaitAsked(2);
            assertThat(waiting.isDone()).isFalse();
            sandbox.conversation.tell(new WorkerEvent.Ready());
            assertThat(waiting.get()).isInstanceOf(WorkerEvent.Ready.class);
        }
    }

    @Test
    void aWorkerThatHadAProcessorIsLateAfterItsTime() throws Exception {
        try (TestingSandbox sandbox = new TestingSandbox()) {
            sandbox.ports.clock().freeze();
            sandbox.awaitedNanos.set(Duration.ofHours(1).toNanos());
            FutureTask<WorkerEvent> waiting =
                    sandbox.awaitStart(sandbox.ports.clock().now().plus(LIMIT));
            sandbox.ports.clock().advance(LIMIT);
            assertThat(waiting.get()).isInstanceOf(WorkerEvent.Late.class);
        }
    }

    /** A sandbox with an idle process, on a machine as busy as the test says. */
    private static final class TestingSandbox implements Sandbox {
        final Ports ports = SystemPorts.of(7, Duration.ZERO, unused -> {});
        final AtomicLong awaitedNanos = new AtomicLong();
        final Conversation conversation = new Conversation(ports.clock());
        private final AtomicLong asked = new AtomicLong();
        private final Process process;
        private final Worker worker;

        TestingSandbox() throws Exception {
            process = new ProcessBuilder("cat").start();
            TestingCloud keys = new TestingCloud();
            Credentials credentials = keys.issue(TestingCloud.SCOPE, "", "");
            WorkerLog log = new WorkerLog(keys, ports.clock(), TestingCloud.SCOPE, "group", "stream");
            Ports machine = SystemPorts.of(8, Duration.ZERO, unused -> {});
            StartedProcess started = new StartedProcess(
                    this, new RuntimeEndpoint(machine.threads(), conversation), conversation, process);
            worker = new Worker(
                    new Worker.Parts(started, log, new WorkerOutput(process, log), credentials, keys, 0),
                    ports,
                    machine);
        }

        /** Waits for the worker's start on a thread of its own, which has begun to wait when this returns. */
        FutureTask<WorkerEvent> awaitStart(Instant deadline) {
            FutureTask<WorkerEvent> task = new FutureTask<>(() -> worker.awaitStart(deadline));
            Thread.startVirtualThread(task);
            awaitAsked(1);
            return task;
        }

        void awaitAsked(int times) {
            while (asked.get() < times) {
                Thread.onSpinWait();
            }
        }

        @Override
        public ProcessorTime processorTime() {
            try {
                return new ProcessorTime(0, awaitedNanos.get());
            } finally {
                asked.incrementAndGet();
            }
        }

        @Override
        public Placement placement() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Process start(LaunchPlan plan) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void furnish(Furnishing furnishing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prioritise(Priority priority) {}

        @Override
        public void freeze() {}

        @Override
        public void thaw() {}

        @Override
        public void kill() {
            process.destroyForcibly();
        }

        @Override
        public int maxMemoryMegabytes() {
            return 1;
        }

        @Override
        public boolean withinMemory() {
            return true;
        }

        @Override
        public void close() {
            kill();
            ports.clock().close();
        }
    }
}
