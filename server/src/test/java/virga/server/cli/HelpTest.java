package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import virga.observe.trace.Style;

/** Every command explains itself to who has never used it. */
final class HelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static CommandLine all() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine(new Terminal(nowhere, nowhere, Style.PLAIN, 120));
    }

    static Stream<CommandLine> commands() {
        return Stream.of(all()).flatMap(HelpTest::withThoseBelow);
    }

    private static Stream<CommandLine> withThoseBelow(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::withThoseBelow));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatACommandTakesIsDescribed(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().args())
                .allSatisfy(argument -> assertThat(argument.description())
                        .as(argument.toString())
                        .isNotEmpty());
        assertThat(command.getUsageMessage()).contains("Exit codes:", "no cloud answers; ./virga up starts one");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theExamplesOfACommandAreUnderstood(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        assertThat(help.footer()).anySatisfy(line -> assertThat(line).contains(name));
        for (String line : help.footer()) {
            if (line.startsWith("  ./virga ") && !line.contains(" exec ")) {
                List<String> words = words(line.strip().substring("./virga ".length()));
                assertThat(all().parseArgs(words.toArray(String[]::new)).errors())
                        .as(line)
                        .isEmpty();
            }
        }
    }

    /** As a shell would part them: enough of it for these examples. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    @Test
    void theWordsOfALineInHelpAreNotCutByFormatting() {
        assertThat(Ended.of("deploy", "--help").out())
                .contains("./virga deploy template.yaml --stack orders --parameter Stage=test --parameter Retries=3");
    }
}
