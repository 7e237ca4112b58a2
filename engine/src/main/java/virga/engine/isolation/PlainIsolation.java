package virga.engine.isolation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.engine.packages.PackageStore;
import virga.engine.runtimes.LaunchPlan;
import virga.engine.runtimes.Placement;

/** Workers in plain folders: what any user may do on any machine. Memory is watched, not limited by the kernel. */
final class PlainIsolation implements Isolation {
    private final Launcher launcher;
    private final Path folders;
    private final Optional<Path> session;
    private final Optional<Path> deathSignal;
    private final String reason;

    /**
     * @param folders where each worker's own folder is made
     * @param reason why nothing better is in force
     */
    PlainIsolation(Launcher launcher, Path folders, String reason) {
        this.launcher = launcher;
        this.folders = folders;
        this.reason = reason;
        this.session = tool("setsid");
        this.deathSignal = tool("setpriv");
    }

    /** A tool on the search path. */
    static Optional<Path> tool(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * {@code command} in a session of its own, and with the kernel asked to end it when Virga ends, where tools for that are there. A
     * stopped worker in Virga's own process group would hang up Virga when the shell that started it ends (POSIX: an orphaned process
     * group with a stopped member is sent SIGHUP), and a Ctrl-C meant for Virga would reach the functions first.
     */
    private List<String> apart(List<String> command) {
        List<String> whole = new ArrayList<>();
        session.ifPresent(setsid -> whole.add(setsid.toString()));
        deathSignal.ifPresent(setpriv -> whole.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")));
        whole.addAll(command);
        return whole;
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add("files: functions see the whole machine; each worker has its own folder in TMPDIR (" + reason + ")");
        words.add("memory: watched every few milliseconds, not limited by the kernel");
        words.add("processors: not limited");
        words.add("between events: stopped by a signal");
        words.add(
                deathSignal.isPresent()
                        ? "if Virga is killed: the kernel ends the workers"
                        : "if Virga is killed: workers end when their connection breaks");
        return words;
    }

    @Override
    public List<String> shortcomings() {
        return List.of(
                "/tmp is the machine's own and not limited in size: a private folder is in TMPDIR (" + reason + ")");
    }

    @Override
    public boolean furnishesLater() {
        return false;
    }

    @Override
    public Sandbox open(Furnishing furnishing) throws IOException {
        Path temporary =
                Files.createDirectories(folders.resolve(furnishing.name()).resolve("tmp"));
        return new PlainSandbox(furnishing, temporary);
    }

    @Override
    public void close() {
        launcher.close();
    }

    private final class PlainSandbox implements Sandbox {
        private final Furnishing furnishing;
        private final Path temporary;
        private volatile ProcessHandle process;
        private volatile int highest;

        PlainSandbox(Furnishing furnishing, Path temporary) {
            this.furnishing = furnishing;
            this.temporary = temporary;
        }

        @Override
        public Placement placement() {
            return new Placement(
                    furnishing.task(), furnishing.layers(), furnishing.runtime(), furnishing.libraries(), temporary);
        }

        @Override
        public Process start(LaunchPlan plan) throws IOException {
            ProcessBuilder builder = builder(apart(plan.command()), plan);
            Process started = launcher.run(builder::start);
            process = started.toHandle();
            return started;
        }

        @Override
        public void furnish(Furnishing later) {
            throw new IllegalStateException("a plain sandbox is furnished before its process starts");
        }

        @Override
        public void prioritise(Priority priority) {
            // Nothing limits the processors here, as words() says.
        }

        @Override
        public ProcessorTime processorTime() {
            return ProcessorTime.of(
                    ProcessTree.of(process).stream().map(ProcessHandle::pid).toList());
        }

        @Override
        public void freeze() {
            ProcessTree.signal(process, NativeCalls.SIGSTOP);
        }

        @Override
        public void thaw() {
            ProcessTree.signal(process, NativeCalls.SIGCONT);
        }

        @Override
        public void kill() {
            if (process != null) {
                ProcessTree.signal(process, NativeCalls.SIGKILL);
            }
        }

        @Override
        public int maxMemoryMegabytes() {
            highest = Math.max(highest, ProcessTree.megabytes(process, "VmHWM"));
            return highest;
        }

        @Override
        public boolean withinMemory() {
            return ProcessTree.megabytes(process, "RssAnon") <= furnishing.memoryMegabytes();
        }

        @Override
        public void close() {
            kill();
            try {
                PackageStore.delete(temporary.getParent());
            } catch (IOException e) {
                throw new UncheckedIOException("removing a worker's folder", e);
            }
        }
    }

    /** A process of {@code plan} with nothing of Virga's own environment, its output in one stream. */
    static ProcessBuilder builder(List<String> command, LaunchPlan plan) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(plan.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(plan.environment());
        return builder;
    }
}
