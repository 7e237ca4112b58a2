package virga.reviewer.rules;

import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each template beside what the rules should say of it. */
class TemplateRulesTest {
    @TestFactory
    Stream<DynamicTest> templates() {
        return CasePairs.of("templates", (name, text) -> lines(Template.read(name, text)));
    }

    private static String lines(Template template) {
        return Suppressions.of(template)
                .apply(TemplateRules.check(template), LocalDate.of(2026, 11, 24))
                .findings()
                .stream()
                .map(finding -> "%d %s %s %s: %s%n"
                        .formatted(
                                finding.rule().number(),
                                finding.rule().severity(),
                                finding.resource(),
                                finding.subject().location(),
                                finding.sentence()))
                .collect(Collectors.joining());
    }
}
