package virga.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Needs a small disk of its own: a mount that only the child process sees, and that ends with it. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    @TempDir
    Path directory;

    @Test
    void aFullDiskIsToldAndLosesNothingAcknowledged() throws IOException {
        String mounting = "mount -t tmpfs -o size=64m tmpfs " + directory + " && exec \"$@\"";
        List<String> onSmallDisk = List.of("unshare", "--mount", "sh", "-c", mounting, "sh");
        List<String> said = new ArrayList<>();
        try (ChildProcess child = start(onSmallDisk)) {
            for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                said.add(line.get());
            }
        }
        Assumptions.assumeTrue(said.contains("ready"), () -> "cannot mount a small disk here: " + said);
        assertThat(said).hasSize(4);
        assertThat(said.get(1))
                .startsWith(
                        "refused: cannot write to " + directory.resolve("root").resolve("default"))
                .contains("the disk is full");
        assertThat(said.get(2)).matches("all kept \\d{3,}");
        assertThat(said.get(3)).isEqualTo("writes again");
    }

    private ChildProcess start(List<String> onSmallDisk) {
        try {
            return ChildProcess.start(onSmallDisk, FillingProcess.class, directory.toString());
        } catch (IOException e) {
            return Assumptions.abort("no unshare here: " + e.getMessage());
        }
    }
}
