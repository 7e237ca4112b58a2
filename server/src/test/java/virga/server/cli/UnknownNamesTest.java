package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.server.testing.TestingVirga;

/** What a command says of a name that is not there, and functions by the names that their templates give them. */
final class UnknownNamesTest {
    private static TestingVirga virga;

    @BeforeAll
    static void deploy(@TempDir Path folder) throws IOException {
        virga = new TestingVirga();
        Files.createDirectories(folder.resolve("echo"));
        Path bootstrap = folder.resolve("echo/bootstrap");
        Files.writeString(bootstrap, """
                #!/bin/sh
                while true; do
                  headers=$(mktemp)
                  event=$(curl -sS -D "$headers" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
                  id=$(grep -i Lambda-Runtime-Aws-Request-Id "$headers" | tr -d '[:space:]' | cut -d: -f2)
                  echo "got $event" >&2
                  curl -sS -d "$event" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response" >/dev/null
                done
                """);
        bootstrap.toFile().setExecutable(true);
        Files.writeString(folder.resolve("template.yaml"), """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Echo:
                    Type: AWS::Serverless::Function
                    Properties: {CodeUri: echo/, Handler: bootstrap, Runtime: provided.al2023, Timeout: 60}
                """);
        Ended deployed = run("deploy", folder.resolve("template.yaml").toString(), "--stack", "shop");
        assertThat(deployed.code()).as(deployed.out() + deployed.err()).isZero();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static Ended run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--endpoint=" + virga.virga().endpoint();
        return Ended.of(all);
    }

    @Test
    void aFunctionIsInvokedByTheNameThatItsTemplateGivesIt() {
        Ended invoked = run("invoke", "Echo", "--payload", "{\"a\":1}", "--json");
        assertThat(invoked.code()).as(invoked.out() + invoked.err()).isZero();
        JsonNode fact = invoked.json();
        assertThat(fact.path("statusCode").asInt()).isEqualTo(200);
        assertThat(fact.path("executedVersion").asText()).isEqualTo("$LATEST");
        assertThat(fact.path("payload").path("a").asInt()).isEqualTo(1);
        assertThat(fact.has("functionError")).isFalse();
        assertThat(fact.path("logTail").toString()).contains("got {");
        assertThat(invoked.err()).contains("Echo is shop-Echo-");
        Ended logs = run("logs", "Echo");
        assertThat(logs.code()).as(logs.err()).isZero();
        assertThat(logs.out()).contains("got {");
    }

    @Test
    void aFunctionThatIsNotThereHasANearOne() {
        Ended invoked = run("invoke", "Ecoh");
        assertThat(invoked.code()).isEqualTo(1);
        assertThat(invoked.err()).contains("There is no function Ecoh in environment default; did you mean shop-Echo-");
    }

    @Test
    void aLogGroupThatIsNotThereHasANearOneOrAllThereAre() {
        assertThat(run("logs", "Ecco").err()).contains("There is no log group /aws/lambda/Ecco");
        assertThat(run("logs", "Ecco", "-e", "default").code()).isEqualTo(1);
    }

    @Test
    void aTraceAnInvocationAndAnEnvironmentThatAreNotThereTellWhereTheyAreListed() {
        assertThat(run("trace", "1-gone").err()).contains("./virga trace --list");
        assertThat(run("replay", "gone").err())
                .contains("There is no invocation gone")
                .contains("./virga trace");
        assertThat(run("env", "reset", "gone").err()).contains("there are: default");
        assertThat(run("status", "-e", "gone").code()).isZero();
        assertThat(run("logs", "-e", "gone").err()).contains("There is no environment gone; there are: default");
    }
}
