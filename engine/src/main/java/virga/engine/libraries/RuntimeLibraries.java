package virga.engine.libraries;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Function;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.engine.runtimes.Shell;
import virga.kernel.Clock;
import virga.kernel.Ports;
import virga.kernel.Signals;

/**
 * Installs what functions import of the AWS SDKs and do not bring: nothing for those that bring all, and nothing twice for a user.
 * What an import in the code does not show (a dependency's, a computed name) is installed when the function fails for lack of it.
 * Functions that need none of it run without; so a failure to install is a warning.
 */
public final class RuntimeLibraries {
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);
    /** So long a failure stands, before it is tried again: each try may wait for a network that is not there. */
    private static final Duration FAILURE_STANDS = Duration.ofMinutes(5);

    private final Function<Chosen, Optional<Library>> libraries;
    private final Path folder;
    private final boolean installs;
    private final Ports machine;
    private final Clock clock;
    private final Consumer<String> notices;
    private final Set<List<Path>> looked = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> wanted = new ConcurrentHashMap<>();
    private final Map<String, Failed> failures = new ConcurrentHashMap<>();

    private record Failed(String reason, Instant at) {}

    /**
     * @param folder where libraries are installed, one folder a library; other clouds may use it too
     * @param installs whether to install at all; where not, what is in the folder already is used
     * @param machine the machine's own ports
     * @param notices told before, during and after an installation, and why one failed
     */
    public RuntimeLibraries(Path folder, boolean installs, Ports machine, Consumer<String> notices) {
        this(RuntimeLibraries::ofRuntime, folder, installs, machine, notices);
    }

    RuntimeLibraries(
            Function<Chosen, Optional<Library>> libraries,
            Path folder,
            boolean installs,
            Ports machine,
            Consumer<String> notices) {
        this.libraries = libraries;
        this.folder = folder;
        this.installs = installs;
        this.machine = machine;
        this.clock = machine.clock();
        this.notices = notices;
    }

    public Path folder() {
        return folder;
    }

    /** Makes sure that what the code in {@code task} imports is there, as far as possible. Slow when a user first needs a package. */
    public void provide(Chosen chosen, Path task, Path layers) {
        Optional<Library> library = libraries.apply(chosen);
        if (library.isEmpty() || looked.contains(List.of(task, layers))) {
            return;
        }
        install(library.get(), library.get().needed(task, layers));
        // Only now: who needs the same code meanwhile waits for the installation, too.
        looked.add(List.of(task, layers));
    }

    /** As {@link #provide}, but waits no longer than {@code patience}; what is not there then goes on being installed. */
    public void begin(Chosen chosen, Path task, Path layers, Duration patience) {
        String over = "libraries for " + task + " with " + layers;
        try (Signals.Listener listener = machine.signals().listen(over)) {
            machine.threads().start("libraries", () -> {
                try {
                    provide(chosen, task, layers);
                } finally {
                    machine.signals().raise(over);
                }
            });
            listener.await(clock.now().plus(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The package that a function lacks by its own error, if Lambda's runtime would have had it. */
    public Optional<String> missing(Chosen chosen, String error) {
        return libraries.apply(chosen).flatMap(library -> library.missing(error));
    }

    /** Installs one package, unless it is there; in words, why a function does not find it, or empty where it will now. */
    public Optional<String> add(Chosen chosen, String name) {
        Library library = libraries.apply(chosen).orElseThrow();
        if (!installs) {
            return Optional.of("installing is switched off");
        }
        if (library.has(installed(library).current(), name)) {
            return Optional.of("its package hides the one that is installed");
        }
        install(library, new TreeSet<>(List.of(name)));
        return library.has(installed(library).current(), name)
                ? Optional.empty()
                : Optional.ofNullable(failures.get(name)).map(Failed::reason);
    }

    private static Optional<Library> ofRuntime(Chosen chosen) {
        return switch (chosen.name().family()) {
            case NODEJS -> Optional.of(new NodeLibrary(chosen.name().major()));
            case PYTHON -> Optional.of(new PythonLibrary(chosen.interpreter().orElseThrow()));
            // Their packages bring all they need, on AWS too.
            case JAVA, PROVIDED -> Optional.empty();
        };
    }

    private InstalledFolder installed(Library library) {
        return new InstalledFolder(folder.resolve(library.folder()));
    }

    private void install(Library library, SortedSet<String> names) {
        InstalledFolder target = installed(library);
        Set<String> all = wanted.computeIfAbsent(library.folder(), unused -> new ConcurrentSkipListSet<>());
        names.stream().filter(name -> !standsFailed(name)).forEach(all::add);
        if (!installs || lacking(library, target, names).isEmpty()) {
            return;
        }
        try {
            target.add(
                    () -> lacking(library, target, names).isEmpty(),
                    // With what others wait for: one run of the tool for many takes little longer than for one.
                    fresh -> fill(library, fresh, lacking(library, target, all)));
        } catch (IOException e) {
            lacking(library, target, names).forEach(name -> fail(library, name, e.toString()));
        }
    }

    private SortedSet<String> lacking(Library library, InstalledFolder target, Collection<String> names) {
        SortedSet<String> lacking = new TreeSet<>(names);
        lacking.removeIf(name -> standsFailed(name) || library.has(target.current(), name));
        return lacking;
    }

    private boolean standsFailed(String name) {
        Failed failed = failures.get(name);
        return failed != null && failed.at().plus(FAILURE_STANDS).isAfter(clock.now());
    }

    private Optional<String> fill(Library library, Path fresh, SortedSet<String> names) {
        String what = String.join(", ", names);
        notices.accept("installing " + what + " for " + library.folder()
                + " functions, once for all your projects, into " + folder);
        long began = clock.nanos();
        Ticking ticking = new Ticking(what, began);
        Optional<String> failure;
        try {
            failure = Shell.failure(library.installation(fresh, names));
        } finally {
            ticking.stop();
        }
        if (failure.isEmpty()) {
            notices.accept("installed " + what + " in " + secondsSince(began) + " s");
            return Optional.empty();
        }
        if (names.size() > 1) {
            // One of them may not exist; the others are not to suffer for it.
            boolean some = false;
            for (String name : names) {
                Optional<String> reason = Shell.failure(library.installation(fresh, List.of(name)));
                reason.ifPresent(words -> fail(library, name, words));
                some |= reason.isEmpty();
            }
            return some ? Optional.empty() : failure;
        }
        fail(library, names.first(), failure.get());
        return failure;
    }

    private void fail(Library library, String name, String reason) {
        failures.put(name, new Failed(reason, clock.now()));
        wanted.getOrDefault(library.folder(), Set.of()).remove(name);
        notices.accept("could not install " + name + ": " + library.folder()
                + " functions that import it fail unless their package brings it. " + reason);
    }

    private long secondsSince(long began) {
        return Duration.ofNanos(clock.nanos() - began).toSeconds();
    }

    /** Says every few seconds that an installation still goes on. */
    private final class Ticking {
        private final String what;
        private final long began;
        private volatile boolean stopped;
        private volatile Clock.Alarm next;

        Ticking(String what, long began) {
            this.what = what;
            this.began = began;
            schedule();
        }

        private void schedule() {
            next = clock.at(clock.now().plus(BETWEEN_WORDS), this::say);
        }

        private void say() {
            if (!stopped) {
                notices.accept("still installing " + what + ": " + secondsSince(began) + " s so far");
                schedule();
            }
        }

        void stop() {
            stopped = true;
            next.cancel();
        }
    }
}
