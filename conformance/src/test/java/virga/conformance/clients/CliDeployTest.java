package virga.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A SAM template with {@code aws cloudformation package} and {@code deploy}, and what it makes in use. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class CliDeployTest {
    @BeforeEach
    void isHere() {
        Client.AWS_CLI.requireHere();
        Client.BOTO3.requireHere(); // The function uses it.
    }

    @Test
    void aPackagedTemplateIsDeployedUsedChangedAndDeleted(Terminal terminal) throws IOException, InterruptedException {
        Aws aws = new Aws(terminal);
        terminal.bring("aws");
        aws.ok("s3", "mb", "s3://packages");
        aws.ok(
                "cloudformation",
                "package",
                "--template-file",
                "template.yaml",
                "--s3-bucket",
                "packages",
                "--output-template-file",
                "packaged.yaml");
        assertThat(terminal.folder().resolve("packaged.yaml")).content().contains("CodeUri: s3://packages/");
        assertThat(deployed(aws, "Hello").text()).endsWith("Successfully created/updated stack - greeter");
        assertThat(deployed(aws, "Hello").text()).endsWith("No changes to deploy. Stack greeter is up to date");

        String function = output(aws, "Function");
        assertThat(invoked(aws, terminal, function, "Ann")).isEqualTo("{\"greeting\": \"Hello, Ann\"}");
        assertThat(fetched(terminal, "/_virga/api/" + output(aws, "Api") + "/greet/Bob"))
                .isEqualTo("{\"greeting\": \"Hello, Bob\"}");
        aws.ok("sqs", "send-message", "--queue-url", output(aws, "Queue"), "--message-body", "Cid");
        String table = output(aws, "Table");
        terminal.eventually(
                () -> aws.ok(
                                "dynamodb",
                                "scan",
                                "--table-name",
                                table,
                                "--query",
                                "sort(Items[].name.S)",
                                "--output",
                                "text")
                        .text(),
                "Ann\tBob\tCid"::equals);
        terminal.eventually(
                () -> aws.ok(
                                "logs",
                                "filter-log-events",
                                "--log-group-name",
                                "/aws/lambda/" + function,
                                "--query",
                                "events[].message",
                                "--output",
                                "text")
                        .output(),
                lines -> lines.contains("greeting Ann")
                        && lines.contains("greeting Bob")
                        && lines.contains("REPORT RequestId: "));

        deployed(aws, "Bye");
        assertThat(invoked(aws, terminal, function, "Ann")).isEqualTo("{\"greeting\": \"Bye, Ann\"}");
        aws.ok("cloudformation", "delete-stack", "--stack-name", "greeter");
        aws.ok("cloudformation", "wait", "stack-delete-complete", "--stack-name", "greeter");
        assertThat(aws.run("lambda", "get-function", "--function-name", function)
                        .exit())
                .isNotZero();
        assertThat(aws.json("dynamodb", "list-tables").get("TableNames")).isEmpty();
    }

    private static Terminal.Result deployed(Aws aws, String greeting) {
        return aws.ok(
                "cloudformation",
                "deploy",
                "--template-file",
                "packaged.yaml",
                "--stack-name",
                "greeter",
                "--parameter-overrides",
                "Greeting=" + greeting,
                "Runtime=" + Client.pythonRuntime(),
                "--capabilities",
                "CAPABILITY_IAM",
                "--no-fail-on-empty-changeset",
                "--tags",
                "team=orders");
    }

    private static String output(Aws aws, String key) {
        return aws.ok(
                        "cloudformation",
                        "describe-stacks",
                        "--stack-name",
                        "greeter",
                        "--query",
                        "Stacks[0].Outputs[?OutputKey=='" + key + "'].OutputValue",
                        "--output",
                        "text")
                .text();
    }

    private static String invoked(Aws aws, Terminal terminal, String function, String name) throws IOException {
        Files.writeString(terminal.folder().resolve("event.json"), "{\"name\":\"" + name + "\"}");
        JsonNode answer = aws.json(
                "lambda", "invoke", "--function-name", function, "--payload", "fileb://event.json", "answer.json");
        assertThat(answer.get("StatusCode").asInt()).isEqualTo(200);
        assertThat(answer.has("FunctionError")).isFalse();
        return Files.readString(terminal.folder().resolve("answer.json"));
    }

    private static String fetched(Terminal terminal, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(terminal.at(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void aTemplateThatFailsTellsWhyAndRollsBack(Terminal terminal) throws IOException {
        Aws aws = new Aws(terminal);
        Files.writeString(terminal.folder().resolve("broken.yaml"), """
                Resources:
                  Good: { Type: AWS::SQS::Queue, Properties: { QueueName: good } }
                  Bad:
                    Type: AWS::SQS::Queue
                    DependsOn: Good
                    Properties: { VisibilityTimeout: 43201 }
                """);
        var result = aws.run("cloudformation", "deploy", "--template-file", "broken.yaml", "--stack-name", "broken");
        assertThat(result.exit()).isNotZero();
        assertThat(result.errors()).contains("Failed to create/update the stack. Run the following command");
        assertThat(aws.ok(
                                "cloudformation",
                                "describe-stack-events",
                                "--stack-name",
                                "broken",
                                "--query",
                                "StackEvents[?ResourceStatus=='CREATE_FAILED'].LogicalResourceId",
                                "--output",
                                "text")
                        .text())
                .isEqualTo("Bad");
        assertThat(aws.ok(
                                "cloudformation",
                                "describe-stacks",
                                "--stack-name",
                                "broken",
                                "--query",
                                "Stacks[0].StackStatus",
                                "--output",
                                "text")
                        .text())
                .isEqualTo("ROLLBACK_COMPLETE");
        assertThat(aws.run("sqs", "get-queue-url", "--queue-name", "good").exit())
                .isNotZero();
    }
}
