package virga.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.server.testing.TestingVirga;

/** What each command gives to a machine. */
final class CommandJsonTest {
    private static final String TEMPLATE = """
            Parameters:
              Retention: {Type: Number}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Properties: {MessageRetentionPeriod: !Ref Retention}
            Outputs:
              Url: {Value: !Ref Queue}
            """;

    private static TestingVirga virga;

    @BeforeAll
    static void start() {
        virga = new TestingVirga();
    }

    @AfterAll
    static void stop() {
        virga.close();
    }

    private static Ended in(String environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of("--json", "-e", environment, "--endpoint", virga.virga().endpoint()));
        return Ended.of(all.toArray(String[]::new));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void statusIsOneObject() {
        JsonNode status = in("default", "status").json();
        assertThat(names(status)).containsExactly("endpoint", "services", "environments");
        assertThat(status.path("endpoint").asText()).isEqualTo(virga.virga().endpoint());
        assertThat(status.path("services").path("sqs").asText()).isEqualTo("running");
        assertThat(status.path("environments").isArray()).isTrue();
    }

    @Test
    void doctorTellsWhatRunsAndWhatIsMissing() {
        JsonNode doctor = Ended.of("doctor", "--json").json();
        assertThat(names(doctor)).containsExactly("java", "runtimes", "missing", "isolation");
        assertThat(doctor.path("java").path("version").asText())
                .isEqualTo(Runtime.version().toString());
        assertThat(doctor.path("runtimes"))
                .anySatisfy(
                        runtime -> assertThat(runtime.path("family").asText()).startsWith("java"));
        assertThat(names(doctor.path("isolation"))).containsExactly("inForce", "missing");
    }

    @Test
    void credentialsAreTheVariables() {
        String environment = virga.environment();
        JsonNode credentials = in(environment, "credentials").json();
        assertThat(names(credentials))
                .containsExactly(
                        "AWS_ENDPOINT_URL",
                        "AWS_REGION",
                        "AWS_DEFAULT_REGION",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY");
        assertThat(credentials.path("AWS_ACCESS_KEY_ID").asText())
                .isEqualTo(virga.key(environment).accessKeyId());
    }

    @Test
    void environmentsAreGivenAsTheyAreThen() {
        assertThat(in("default", "env", "create", "json-one")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("json-one");
        assertThat(in("default", "env", "fork", "json-one", "json-two")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("json-two");
        assertThat(in("default", "env", "list").json().findValuesAsText("name")).contains("json-one", "json-two");
        assertThat(in("default", "env", "reset", "json-two").json().path("name").asText())
                .isEqualTo("json-two");
        assertThat(in("default", "env", "delete", "json-two")
                        .json()
                        .path("deleted")
                        .asText())
                .isEqualTo("json-two");
    }

    @Test
    void theClockIsGivenAfterEachChange() {
        String environment = virga.environment();
        JsonNode frozen = in(environment, "clock", "freeze").json();
        assertThat(names(frozen)).containsExactly("now", "frozen", "offsetSeconds");
        // The offset from the machine's time shrinks while the clock stands: the time itself is what is exact.
        assertThat(Instant.parse(in(environment, "clock", "advance", "1h")
                        .json()
                        .path("now")
                        .asText()))
                .isEqualTo(Instant.parse(frozen.path("now").asText()).plusSeconds(3600));
        assertThat(in(environment, "clock", "show").json().path("frozen").asBoolean())
                .isTrue();
        assertThat(in(environment, "clock", "resume").json().path("frozen").asBoolean())
                .isFalse();
    }

    @Test
    void aDeploymentIsItsEventsAndThenItsResult(@TempDir Path folder) throws IOException {
        String environment = virga.environment();
        Path template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        Ended deployed =
                in(environment, "deploy", template.toString(), "--stack", "app", "--parameter", "Retention=600");
        assertThat(deployed.code()).isZero();
        List<JsonNode> lines = deployed.lines();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line.path("type").asText() + " "
                                + line.path("logicalResourceId").asText() + " "
                                + line.path("resourceStatus").asText())
                        .isEqualTo("event Queue CREATE_COMPLETE"));
        JsonNode result = lines.getLast();
        assertThat(names(result))
                .containsExactly("type", "stack", "status", "succeeded", "changed", "reason", "outputs");
        assertThat(result.path("type").asText()).isEqualTo("result");
        assertThat(result.path("status").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(result.path("outputs").path("Url").asText()).contains("app-Queue");
    }

    @Test
    void aDeploymentThatFailsGivesItsReasonAndEndsWithOne(@TempDir Path folder) throws IOException {
        Path template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        Ended deployed =
                in(virga.environment(), "deploy", template.toString(), "--stack", "app", "--parameter", "Retention=1");
        assertThat(deployed.code()).isEqualTo(1);
        JsonNode result = deployed.lines().getLast();
        assertThat(result.path("succeeded").asBoolean(true)).isFalse();
        assertThat(result.path("reason").asText()).startsWith("Queue: ");
    }

    @Test
    void logsAreALineForEachGroupAndEachEvent() throws RunningCloud.NotRunning {
        String environment = virga.environment();
        long now = virga.virga()
                .cloud()
                .environment(environment)
                .ports()
                .clock()
                .now()
                .toEpochMilli();
        RunningCloud cloud = new RunningCloud(virga.virga().endpoint(), environment);
        ObjectNode named = RunningCloud.object().put("logGroupName", "/aws/lambda/work");
        cloud.call("logs", "CreateLogGroup", named.deepCopy());
        cloud.call("logs", "CreateLogStream", named.deepCopy().put("logStreamName", "one"));
        ObjectNode event = named.deepCopy().put("logStreamName", "one");
        event.putArray("logEvents").addObject().put("message", "hello").put("timestamp", now);
        cloud.call("logs", "PutLogEvents", event);
        JsonNode group = in(environment, "logs").json();
        assertThat(names(group)).containsExactly("logGroupName", "storedBytes");
        JsonNode told = in(environment, "logs", "work").json();
        assertThat(names(told)).containsExactly("timestamp", "message", "logStreamName", "eventId");
        assertThat(told.path("message").asText()).isEqualTo("hello");
        Ended unknown = in(environment, "logs", "play");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.failure().path("message").asText())
                .isEqualTo("There is no log group /aws/lambda/play in environment " + environment
                        + "; there are: /aws/lambda/work");
    }

    @Test
    void tracesAreListedAndOneIsGiven() {
        String environment = virga.environment();
        assertThat(in(environment, "logs").code()).isZero();
        JsonNode listed = in(environment, "trace", "--list", "--all").json().path(0);
        assertThat(names(listed))
                .contains("id", "startedAt", "durationMillis", "method", "url", "service", "name", "status", "error");
        assertThat(listed.path("service").asText() + " " + listed.path("name").asText())
                .isEqualTo("logs DescribeLogGroups");
        assertThat(in(environment, "trace", "--list").json())
                .as("what only looks is not the system at work")
                .isEmpty();
        assertThat(in(environment, "trace", listed.path("id").asText()).json().isObject())
                .isTrue();
    }

    @Test
    void aFailureIsOneObjectOnTheErrorStream() {
        Ended failed = in("nowhere", "credentials");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.failure().path("code").asText()).isEqualTo("EnvironmentNotFound");
        assertThat(Ended.of("status", "--json", "--endpoint=http://127.0.0.1:1")
                        .failure()
                        .path("code")
                        .asText())
                .isEqualTo("NotRunning");
        assertThat(Ended.of("status", "--json", "--nonsense")
                        .failure()
                        .path("code")
                        .asText())
                .isEqualTo("Usage");
    }
}
