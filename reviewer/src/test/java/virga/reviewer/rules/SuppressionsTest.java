package virga.reviewer.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files of suppressions beside what they make of one template's findings, or how they are refused. */
class SuppressionsTest {
    private static final String TEMPLATE = """
            Resources:
              Queue:
                Type: AWS::SQS::Queue
              Work:
                Type: AWS::Lambda::Function
              FromQueue:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  EventSourceArn: !GetAtt Queue.Arn
                  FunctionName: !Ref Work
            """;

    @TestFactory
    Stream<DynamicTest> files() {
        return CasePairs.of("suppressions", (name, text) -> {
            Suppressions.Applied applied = Suppressions.read(name, text)
                    .apply(TemplateRules.check(Template.read("t.yaml", TEMPLATE)), LocalDate.of(2026, 11, 24));
            StringBuilder lines = new StringBuilder();
            applied.findings()
                    .forEach(finding -> lines.append(finding.rule().number() + " " + finding.resource() + " at "
                            + finding.subject().location() + "\n"));
            applied.suppressed().forEach(each -> lines.append("suppressed: " + each + "\n"));
            applied.notes().forEach(each -> lines.append("note: " + each + "\n"));
            return lines.toString();
        });
    }

    @Test
    void everyRulesGuideIsThere() {
        List<Rule> rules = Stream.concat(
                        Stream.concat(
                                TemplateRules.ALL.stream().map(TemplateRule::rule),
                                RecordRules.ALL.stream().map(RecordRule::rule)),
                        NotIdempotent.RULES.stream())
                .toList();
        assertThat(rules)
                .allSatisfy(rule -> assertThat(Files.exists(Path.of("..").resolve(rule.guide())))
                        .as(rule.guide())
                        .isTrue());
    }
}
