package virga.reviewer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each template beside what the rules should say of it. */
class TemplateRulesTest {
    private static final Path CASES = Path.of("src/test/resources/virga/reviewer/rules");

    @TestFactory
    List<DynamicTest> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)))
                    .toList();
        }
    }

    private static void check(Path path) throws IOException {
        Template template = Template.parse(Files.readString(path)).orElseThrow();
        List<String> found = TemplateRules.check(template).stream()
                .map(finding -> finding.rule().number() + " " + finding.rule().severity() + " " + finding.resource())
                .toList();
        Path expected = Path.of(path.toString().replace(".json", ".expected"));
        assertThat(found).containsExactlyElementsOf(Files.readAllLines(expected));
    }
}
