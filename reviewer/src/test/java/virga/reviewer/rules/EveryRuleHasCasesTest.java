package virga.reviewer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule without a case that it finds, and one that it lets pass, is no rule. */
class EveryRuleHasCasesTest {
    private static final Path CASES = Path.of("src/test/resources/virga/reviewer/rules");

    @Test
    void eachRuleFindsSomethingInACaseOfItsOwn() throws IOException {
        for (int rule : Rules.numbers()) {
            assertThat(expectations("%02d-".formatted(rule)))
                    .as("cases of rule " + rule)
                    .anySatisfy(expected -> assertThat(expected).startsWith(rule + " "));
        }
    }

    @Test
    void eachRuleLetsSomethingPassInACase() throws IOException {
        for (int rule : Rules.numbers()) {
            assertThat(expectations(""))
                    .as("cases without a finding of rule " + rule)
                    .anySatisfy(expected -> assertThat(expected).doesNotContainPattern("(?m)^" + rule + " "));
        }
    }

    private static List<String> expectations(String prefix) throws IOException {
        try (Stream<Path> all = Files.walk(CASES)) {
            return all.filter(file -> file.toString().endsWith(".expected"))
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(EveryRuleHasCasesTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
