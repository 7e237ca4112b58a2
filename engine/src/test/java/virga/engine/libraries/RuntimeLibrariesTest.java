package virga.engine.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.engine.runtimes.RuntimeName;
import virga.engine.runtimes.Runtimes.Chosen;
import virga.kernel.Ports;
import virga.kernel.system.SystemPorts;

/** When something is installed, and what is said about it. */
class RuntimeLibrariesTest {
    private static final Chosen CHOSEN =
            new Chosen(RuntimeName.parse("nodejs20.x").orElseThrow(), Optional.empty());

    @TempDir
    Path folder;

    private final Ports machine = SystemPorts.of(3, Duration.ZERO, unused -> {});
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private Path task;
    private Path layers;

    @BeforeEach
    void makeFolders() throws Exception {
        task = Files.createDirectories(folder.resolve("task"));
        layers = Files.createDirectories(folder.resolve("layers"));
    }

    @AfterEach
    void stopClock() {
        machine.clock().close();
    }

    @Test
    void whatIsNeededIsInstalledOnceForAllClouds() {
        libraries(true, "one", "two").provide(CHOSEN, task, layers);
        assertThat(folder.resolve("installed/test/current/one")).exists();
        assertThat(folder.resolve("installed/test/current/two")).exists();
        assertThat(notices).hasSize(2);
        assertThat(notices.getFirst()).startsWith("installing one, two for test functions, once for all your projects");
        assertThat(notices.getLast()).startsWith("installed one, two in ");
        libraries(true, "one").provide(CHOSEN, task, layers);
        assertThat(notices).hasSize(2);
    }

    @Test
    void nothingIsSaidOrDoneForAFunctionThatNeedsNothing() {
        libraries(true).provide(CHOSEN, task, layers);
        assertThat(notices).isEmpty();
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    @Test
    void onePackageThatDoesNotExistDoesNotKeepTheOthersOut() {
        RuntimeLibraries libraries = libraries(true, "broken", "one");
        libraries.provide(CHOSEN, task, layers);
        assertThat(folder.resolve("installed/test/current/one")).exists();
        assertThat(notices).anyMatch(words -> words.startsWith("could not install broken: "));
    }

    @Test
    void aFailureStandsForAWhileAndIsThenTriedAgain() {
        RuntimeLibraries libraries = libraries(true, "broken");
        libraries.provide(CHOSEN, task, layers);
        int said = notices.size();
        assertThat(libraries.add(CHOSEN, "broken"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no such package"));
        assertThat(notices).hasSize(said);
        machine.clock().advance(Duration.ofMinutes(6));
        libraries.add(CHOSEN, "broken");
        assertThat(notices).hasSizeGreaterThan(said);
    }

    @Test
    void installingThatIsSwitchedOffIsTheReason() {
        assertThat(libraries(false).add(CHOSEN, "one")).contains("installing is switched off");
    }

    @Test
    void whoDeploysDoesNotWaitForALongInstallationAndTheFirstEventDoes() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        RuntimeLibraries libraries = new RuntimeLibraries(
                unused -> Optional.of(new SlowLibrary(slow)), folder.resolve("installed"), true, machine, notices::add);
        machine.clock().freeze();
        FutureTask<Void> deploying =
                new FutureTask<>(() -> libraries.begin(CHOSEN, task, layers, Duration.ofSeconds(20)), null);
        Thread.startVirtualThread(deploying);
        while (!deploying.isDone()) {
            machine.clock().advance(Duration.ofSeconds(20));
            Thread.onSpinWait();
        }
        assertThat(folder.resolve("installed/test/current/one")).doesNotExist();

        FutureTask<Void> event = new FutureTask<>(() -> libraries.provide(CHOSEN, task, layers), null);
        Thread.startVirtualThread(event);
        slow.countDown();
        event.get();
        assertThat(folder.resolve("installed/test/current/one")).exists();
    }

    private RuntimeLibraries libraries(boolean installs, String... needed) {
        return new RuntimeLibraries(
                unused -> Optional.of(new TestingLibrary(new TreeSet<>(List.of(needed)))),
                folder.resolve("installed"),
                installs,
                machine,
                notices::add);
    }

    /** A library of one package that takes as long as the test wants. */
    private record SlowLibrary(CountDownLatch goesOn) implements Library {
        private static final Library ONE = new TestingLibrary(new TreeSet<>(List.of("one")));

        @Override
        public String folder() {
            return ONE.folder();
        }

        @Override
        public SortedSet<String> needed(Path task, Path layers) {
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ONE.needed(task, layers);
        }

        @Override
        public Optional<String> missing(String error) {
            return Optional.empty();
        }

        @Override
        public boolean has(Path installed, String name) {
            return ONE.has(installed, name);
        }

        @Override
        public List<String> installation(Path installed, Collection<String> names) {
            return ONE.installation(installed, names);
        }
    }

    /** A library whose packages are empty files, and whose tool knows all but one. */
    private record TestingLibrary(SortedSet<String> packages) implements Library {
        @Override
        public String folder() {
            return "test";
        }

        @Override
        public SortedSet<String> needed(Path task, Path layers) {
            return packages;
        }

        @Override
        public Optional<String> missing(String error) {
            return Optional.empty();
        }

        @Override
        public boolean has(Path installed, String name) {
            return Files.exists(installed.resolve(name));
        }

        @Override
        public List<String> installation(Path installed, Collection<String> names) {
            String files = String.join(" ", names);
            return names.contains("broken")
                    ? List.of("sh", "-c", "echo no such package; exit 1")
                    : List.of("sh", "-c", "cd " + installed + " && touch " + files);
        }
    }
}
