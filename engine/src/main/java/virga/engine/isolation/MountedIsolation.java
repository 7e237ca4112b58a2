package virga.engine.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;

/** Workers with private mounts and control groups: what root may have on Linux. */
final class MountedIsolation implements Isolation {
    /** Several engines may live in one process, in tests. */
    private static final AtomicLong TRIALS = new AtomicLong();

    /** Two processors: what Lambda's larger functions have, and enough for a Java to load and compile side by side. */
    private static final int STARTING_MILLI_PROCESSORS = 2000;

    private final Launcher launcher;
    private final Launcher mounting = new Launcher();
    private final PrivateMounts mounts;
    private final ControlGroup.Hierarchy groups;
    private final Queue<ControlGroup> leftOver = new ConcurrentLinkedQueue<>();

    /**
     * Tries the whole way once, with a program that does nothing.
     *
     * @param launcher starts the workers
     * @throws IOException where the machine or the user's rights do not allow it
     */
    MountedIsolation(Launcher launcher, Path packages, ControlGroup.Hierarchy groups) throws IOException {
        this.launcher = launcher;
        this.mounts = new PrivateMounts(mounting, packages);
        this.groups = groups;
        for (String tool : List.of("setsid", "nsenter", "env", "setpriv")) {
            if (PlainIsolation.tool(tool).isEmpty()) {
                throw new IOException(tool + " is missing");
            }
        }
        Path nothing = packages;
        Furnishing trial =
                new Furnishing("trial-" + TRIALS.incrementAndGet(), nothing, nothing, nothing, nothing, 128, 1);
        try (Sandbox sandbox = open(trial)) {
            List<String> command = List.of("sh", "-c", "touch /tmp/works && ! touch /var/task/fails 2>/dev/null");
            SortedMap<String, String> environment = new TreeMap<>(Map.of("PATH", "/usr/bin:/bin"));
            if (sandbox.start(new LaunchPlan(command, environment, PrivateMounts.TASK))
                            .waitFor()
                    != 0) {
                throw new IOException("a program can not be started with private mounts");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while trying private mounts", e);
        }
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(
                "files: each worker has a mount namespace, read-only but for a /tmp of its own and of the configured size");
        words.add("memory: looked at every few milliseconds, and limited by the kernel to memory and /tmp together ("
                + groups.words() + ")");
        words.add("processors: shares in proportion to memory; an idle machine gives more than AWS would");
        words.add("between events: every process of a worker stands still");
        words.add("if Virga is killed: the kernel ends the workers");
        return words;
    }

    @Override
    public List<String> shortcomings() {
        return List.of();
    }

    @Override
    public boolean furnishesLater() {
        return true;
    }

    @Override
    public Sandbox open(Furnishing furnishing) throws IOException {
        leftOver.removeIf(ControlGroup::remove);
        PrivateMounts.Namespace namespace = mounts.create(furnishing);
        try {
            ControlGroup group = groups.make(furnishing.name());
            group.limit(furnishing);
            Sandbox sandbox = new MountedSandbox(furnishing, group, namespace);
            sandbox.prioritise(Priority.STARTING);
            return sandbox;
        } catch (IOException e) {
            namespace.close();
            throw e;
        }
    }

    @Override
    public void close() {
        launcher.close();
        mounting.close();
        leftOver.stream()
                .flatMap(group -> group.processes().stream())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(process -> process.onExit().join());
        leftOver.removeIf(ControlGroup::remove);
    }

    private final class MountedSandbox implements Sandbox {
        private static final Placement PLACEMENT = new Placement(
                PrivateMounts.TASK,
                PrivateMounts.LAYERS,
                PrivateMounts.RUNTIME,
                PrivateMounts.LIBRARIES,
                PrivateMounts.TEMPORARY);

        private final ControlGroup group;
        private final PrivateMounts.Namespace namespace;
        private volatile Furnishing furnishing;
        private volatile ProcessHandle process;
        private volatile boolean exceeded;
        private volatile int highest;

        MountedSandbox(Furnishing furnishing, ControlGroup group, PrivateMounts.Namespace namespace) {
            this.furnishing = furnishing;
            this.group = group;
            this.namespace = namespace;
        }

        @Override
        public Placement placement() {
            return PLACEMENT;
        }

        @Override
        public Process start(LaunchPlan plan) throws IOException {
            Path program = Path.of(plan.command().getFirst());
            Optional<Path> covering = PrivateMounts.covering(program)
                    .filter(unused ->
                            !program.startsWith(PrivateMounts.TASK) && !program.startsWith(PrivateMounts.LAYERS));
            if (covering.isPresent()) {
                throw new IOException(program + " lies under " + covering.get()
                        + ", which functions do not see: use plain workers, or an interpreter from elsewhere");
            }
            // In a session of its own, for the reasons of PlainIsolation.
            List<String> command = new ArrayList<>(List.of("setsid", "nsenter", "--mount=" + namespace.path(), "--"));
            command.addAll(List.of("setpriv", "--pdeathsig", "KILL", "--"));
            command.addAll(List.of("env", "-C", plan.directory().toString(), "--"));
            command.addAll(plan.command());
            // The folder exists only in the namespace, where env goes to it.
            LaunchPlan outside = new LaunchPlan(command, plan.environment(), Path.of("/"));
            ProcessBuilder builder = PlainIsolation.builder(outside.command(), outside);
            Process started = launcher.run(builder::start);
            process = started.toHandle();
            try {
                group.join(started.pid());
            } catch (IOException e) {
                // A process that has ended already can join nothing; its end is seen as any other's.
                if (!ProcessTree.ended(started.pid())) {
                    kill();
                    throw e;
                }
            }
            return started;
        }

        @Override
        public void furnish(Furnishing later) throws IOException {
            group.limit(later);
            namespace.furnish(later);
            furnishing = later;
            prioritise(Priority.STARTING);
        }

        @Override
        public void prioritise(Priority priority) {
            group.weigh(
                    switch (priority) {
                        case BACKGROUND -> Furnishing.LEAST_MILLI_PROCESSORS;
                        case STARTING -> STARTING_MILLI_PROCESSORS;
                        case HANDLING -> furnishing.milliProcessors();
                    });
        }

        @Override
        public ProcessorTime processorTime() {
            return ProcessorTime.of(group.processes());
        }

        @Override
        public void freeze() {
            group.freeze();
        }

        @Override
        public void thaw() {
            group.thaw();
        }

        @Override
        public void kill() {
            group.processes().forEach(pid -> NativeCalls.kill(pid, NativeCalls.SIGKILL));
            if (process != null) {
                process.destroyForcibly();
            }
            // A frozen process dies only when it runs again.
            group.thaw();
        }

        @Override
        public int maxMemoryMegabytes() {
            if (exceeded) {
                return furnishing.memoryMegabytes();
            }
            int now = group.processes().stream()
                    .mapToInt(pid -> ProcessTree.megabytes(pid, "VmHWM"))
                    .sum();
            highest = Math.min(furnishing.memoryMegabytes(), Math.max(highest, now));
            return highest;
        }

        @Override
        public boolean withinMemory() {
            exceeded = exceeded || group.memoryMegabytes() > furnishing.memoryMegabytes() || group.kernelKilled();
            return !exceeded;
        }

        @Override
        public void close() {
            kill();
            namespace.close();
            if (!group.remove()) {
                leftOver.add(group);
            }
        }
    }
}
