package virga.observe.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.kernel.Fault;
import virga.observe.CasePairs;
import virga.observe.Script;

final class FilterPatternTest {
    /** A case is messages and patterns; expected is, for each pattern, the messages that match and the values that are asked for. */
    @TestFactory
    Stream<DynamicTest> patternsMatchAsExpected() {
        return CasePairs.of("filter", FilterPatternTest::run);
    }

    @Test
    void nothingInAPatternMakesMatchingFailOnAnyMessage() {
        List<String> patterns =
                List.of("ERROR -x", "{ $.a[0].b = 1e3 || $.* IS NULL }", "[a, ..., b=4*]", "%[a-z]+%", "[]");
        List<String> messages = List.of(
                "", " ", "{", "{}", "[", "\"", "[\"", "null", "{\"a\":[]}", "\u0000", "a\nb", "{\"a\":[{\"b\":1000}]}");
        for (String pattern : patterns) {
            FilterPattern parsed = FilterPattern.parse(pattern);
            for (String message : messages) {
                assertThat(parsed.value(message, "$.a")).isNotNull();
                parsed.matches(message);
            }
        }
    }

    private static String run(String text) {
        Script script = Script.of(text);
        StringBuilder out = new StringBuilder();
        for (String pattern : script.texts("patterns")) {
            out.append(pattern).append('\n');
            try {
                FilterPattern parsed = FilterPattern.parse(pattern);
                for (String message : script.texts("messages")) {
                    boolean matches = parsed.matches(message);
                    out.append(matches ? "  yes " : "  no  ").append(message).append('\n');
                    for (String selector : matches ? script.texts("values") : List.<String>of()) {
                        parsed.value(message, selector)
                                .ifPresent(value -> out.append("      ")
                                        .append(selector)
                                        .append(" = ")
                                        .append(value)
                                        .append('\n'));
                    }
                }
            } catch (Fault fault) {
                out.append("  ").append(fault).append('\n');
            }
        }
        return out.toString();
    }
}
