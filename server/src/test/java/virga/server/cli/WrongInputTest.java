package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.server.testing.TestingVirga;

/** Whoever gives a command what is not right is told what it was, where, and how to go on. */
final class WrongInputTest {
    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--endpoint", virga.virga().endpoint()));
        return Ended.of(all.toArray(String[]::new));
    }

    @Test
    void anUnknownEnvironmentIsToldWithThoseThereAre() {
        for (String command : List.of("credentials", "logs", "trace")) {
            Ended ended = run(command, "-e", "nowhere");
            assertThat(ended.code()).as(command).isEqualTo(1);
            assertThat(ended.err())
                    .as(command)
                    .startsWith("EnvironmentNotFound: There is no environment nowhere; there are: default");
        }
    }

    @Test
    void anUnknownTraceIsNamedWithItsEnvironment() {
        String environment = virga.environment();
        Ended ended = run("trace", "no-such-one", "-e", environment);
        virga.virga().cloud().delete(environment);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no trace or request no-such-one in environment " + environment);
    }

    @Test
    void aTemplateThatIsNotThereIsNamedInFull(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        Ended ended = run("deploy", missing.toString(), "--stack", "app");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("./virga deploy: there is no template " + missing, "See ./virga deploy --help");
        assertThat(run("deploy", folder.toString(), "--stack", "app").err())
                .contains("the template " + folder + " is a folder");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "Resources: [");
        Ended unread = run("deploy", broken.toString(), "--stack", "app");
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.err()).startsWith("ValidationError: ");
    }

    @Test
    void aParameterWithoutAValueIsNamed() {
        Ended ended = run("deploy", "template.yaml", "--stack", "app", "--parameter", "Stage");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--parameter", "KEY=VALUE", "Stage", "See ./virga deploy --help");
    }

    @Test
    void aMisspelledOptionIsAnsweredWithTheLikelyOne() {
        Ended ended = run("deploy", "template.yaml", "--stak", "app");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(run("invoke", "orders", "--payloads", "{}").err())
                .contains("--payloads", "did you mean", "--payload");
    }

    @Test
    void aDurationThatIsNoneIsWrongUsage() {
        Ended ended = run("clock", "advance", "soon");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("./virga clock advance: not a duration: soon (say 90s, 15m, 2h or 3d)");
    }

    @Test
    void anEventIsGivenOnce() {
        Ended ended = run("invoke", "orders", "--payload", "{}", "--file", "event.json");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("the event is --payload or --file, not both");
        assertThat(run("invoke", "orders", "--file", "/nowhere/event.json").err())
                .contains("there is no event /nowhere/event.json");
    }

    @Test
    void anEndpointThatIsNoAddressIsNamed() {
        Ended ended = Ended.of("status", "--endpoint", "localhost");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("the endpoint must be like http://127.0.0.1:4566, not localhost");
    }

    @Test
    void aPortThatThereIsNotIsNamed() {
        Ended ended = Ended.of("up", "--memory", "--port", "99999");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("./virga up: --port must be from 0 to 65535, not 99999");
    }

    @Test
    void withoutACommandTheWayOnIsShown() {
        Ended ended = Ended.of("env");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("See ./virga env --help");
    }
}
