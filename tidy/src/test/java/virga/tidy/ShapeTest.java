package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The size of files, and what every package says of itself. */
final class ShapeTest {
    private static final int MOST_LINES = 400;

    @Test
    void noFileOfTheProductIsLongerThanAReaderCanHold() {
        Exceptions exceptions = Exceptions.ofProject();
        List<String> long_ = new ArrayList<>();
        Project.javaFiles().forEach((path, content) -> {
            if (path.contains("src/main/java/") && tooLong(content) && !exceptions.allows("length", path)) {
                long_.add(path + ": " + content.lines().count() + " lines");
            }
        });
        assertThat(long_).isEmpty();
        assertThat(exceptions.unused(List.of("length"))).isEmpty();
    }

    private static boolean tooLong(String content) {
        return content.lines().count() > MOST_LINES;
    }

    @Test
    void aFileOfFourHundredLinesPassesAndOneMoreDoesNot() {
        assertThat(tooLong("x\n".repeat(400))).isFalse();
        assertThat(tooLong("x\n".repeat(401))).isTrue();
    }

    @Test
    void everyPackageOfTheProductSaysWhatItIsFor() {
        Map<String, String> files = Project.javaFiles();
        TreeSet<String> silent = new TreeSet<>();
        for (String path : files.keySet()) {
            if (path.contains("src/main/java/")) {
                String folder = path.substring(0, path.lastIndexOf('/'));
                if (!files.getOrDefault(folder + "/package-info.java", "").contains("/**")) {
                    silent.add(folder);
                }
            }
        }
        assertThat(silent).isEmpty();
    }
}
