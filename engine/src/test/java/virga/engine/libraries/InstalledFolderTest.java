package virga.engine.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed while others install, load and are killed. */
class InstalledFolderTest {
    @TempDir
    Path root;

    private InstalledFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new InstalledFolder(root);
    }

    @Test
    void anAdditionKeepsWhatWasThere() throws Exception {
        add("one");
        add("two");
        assertThat(folder.current().resolve("packages/deep/one")).exists();
        assertThat(folder.current().resolve("packages/deep/two")).exists();
    }

    @Test
    void aFailedAdditionLeavesEverythingAsItWas() throws Exception {
        add("one");
        Optional<String> failure = folder.add(() -> false, fresh -> {
            write(fresh, "half");
            return Optional.of("no network");
        });
        assertThat(failure).contains("no network");
        assertThat(folder.current().resolve("packages/deep/half")).doesNotExist();
        assertThat(folder.current().resolve("packages/deep/one")).exists();
    }

    @Test
    void whatAKilledInstallationLeftIsNeverTakenForAWholeOneAndGoes() throws Exception {
        write(root.resolve("incomplete-of-one-that-was-killed"), "half");
        assertThat(folder.current()).doesNotExist();
        add("one");
        assertThat(root.resolve("incomplete-of-one-that-was-killed")).doesNotExist();
        assertThat(folder.current().resolve("packages/deep/half")).doesNotExist();
    }

    @Test
    void whoLoadsFromAFolderFindsItUnchangedAfterAnAddition() throws Exception {
        add("one");
        Path before = folder.current().toRealPath();
        add("two");
        assertThat(before.resolve("packages/deep/one")).exists();
        assertThat(before.resolve("packages/deep/two")).doesNotExist();
    }

    @Test
    void additionsAtOnceAreAllThereInTheEnd() throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "package-" + i;
            FutureTask<Void> task = new FutureTask<>(() -> {
                // Another cloud on the same folder.
                new InstalledFolder(root).add(() -> false, fresh -> {
                    write(fresh, name);
                    return Optional.empty();
                });
                return null;
            });
            tasks.add(task);
            Thread.startVirtualThread(task);
        }
        for (FutureTask<Void> task : tasks) {
            task.get();
        }
        assertThat(folder.current().resolve("packages/deep").toFile().list()).hasSize(8);
        assertThat(root.toFile().list((unused, name) -> name.startsWith("complete-")))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void nothingIsDoneWhereAnotherCloudHasDoneItMeanwhile() throws Exception {
        assertThat(folder.add(() -> true, fresh -> Optional.of("was run"))).isEmpty();
    }

    private void add(String name) throws IOException {
        assertThat(folder.add(() -> false, fresh -> {
                    write(fresh, name);
                    return Optional.empty();
                }))
                .isEmpty();
    }

    private static void write(Path folder, String name) {
        try {
            Files.writeString(
                    Files.createDirectories(folder.resolve("packages/deep")).resolve(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
