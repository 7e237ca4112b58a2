package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The numbers of SPECIFICATION.md are what a full run of the benchmarks measured, all of them in the same one. */
final class NumbersTest {
    private static final String BEGIN = "<!-- written by ./dev bench -->\n";
    private static final String END = "<!-- to here -->\n";

    @Test
    void theTableOfTheSpecificationIsThatOfTheLatestFullRun() {
        Path latest = Project.root().resolve("bench/results/latest.md");
        String measured = Files.exists(latest) ? table(Project.read(latest)) : "";
        assertThat(table(Project.read(Project.root().resolve("SPECIFICATION.md"))))
                .isEqualTo(measured);
    }

    private static String table(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        assertThat(begin).as("the mark of the table's beginning").isNotNegative();
        assertThat(end).as("the mark of its end").isGreaterThan(begin);
        return document.substring(begin + BEGIN.length(), end);
    }

    @Test
    void aNumberThatWasChangedByHandIsFound() {
        String line = "| SendMessage | 1.00 ms |\n";
        assertThat(table("a\n" + BEGIN + line + END + "b\n")).isEqualTo(line);
        assertThat(table("a\n" + BEGIN + line.replace("1.00", "0.50") + END)).isNotEqualTo(line);
    }
}
