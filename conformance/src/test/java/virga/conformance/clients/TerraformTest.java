package virga.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One Terraform project through its life: applied, planned again without a difference, changed, destroyed. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class TerraformTest {
    private static final int NO_DIFFERENCE = 0;

    @BeforeEach
    void isHere() {
        Client.TERRAFORM.requireHere();
        Client.AWS_CLI.requireHere(); // It looks at what was made.
        Client.BOTO3.requireHere(); // The function uses it.
    }

    @Test
    void aProjectIsAppliedChangedAndDestroyed(Terminal terminal) throws IOException, InterruptedException {
        terminal.bring("terraform");
        terminal.zip("package", "function.zip");
        terminal.set("TF_VAR_name", "shop");
        terminal.set("TF_VAR_runtime", Client.pythonRuntime());
        terminal.set("TF_VAR_package", "function.zip");
        List<String> init = new ArrayList<>(List.of("terraform", "init", "-no-color", "-input=false"));
        Client.terraformPlugins().ifPresent(folder -> init.add("-plugin-dir=" + folder));
        assumeTrue(
                terminal.run(init).exit() == 0,
                "Terraform's provider hashicorp/aws is not on this machine and cannot be fetched");

        apply(terminal);
        terminal.run("terraform", "plan", "-no-color", "-input=false", "-detailed-exitcode")
                .ended(NO_DIFFERENCE);
        JsonNode made = terminal.run("terraform", "output", "-json").ok().json();
        works(terminal, made, "Hello");

        terminal.set("TF_VAR_greeting", "Bye");
        terminal.set("TF_VAR_visibility_timeout", "60");
        String change = apply(terminal);
        assertThat(change).contains("Resources: 0 added, ", " changed, 0 destroyed.");
        terminal.run("terraform", "plan", "-no-color", "-input=false", "-detailed-exitcode")
                .ended(NO_DIFFERENCE);
        assertThat(fetched(terminal, made)).isEqualTo("{\"greeting\": \"Bye, Ann\"}");

        terminal.run("terraform", "destroy", "-no-color", "-input=false", "-auto-approve")
                .ok();
        Aws aws = new Aws(terminal);
        assertThat(aws.run("sqs", "get-queue-url", "--queue-name", "shop-orders")
                        .exit())
                .isNotZero();
        assertThat(aws.json("lambda", "list-functions").get("Functions")).isEmpty();
        assertThat(aws.json("dynamodb", "list-tables").get("TableNames")).isEmpty();
        assertThat(aws.ok("s3", "ls").text()).isEmpty();
        assertThat(aws.json("iam", "list-roles").get("Roles")).isEmpty();
        assertThat(aws.json("apigatewayv2", "get-apis").get("Items")).isEmpty();
    }

    private static String apply(Terminal terminal) {
        return terminal.run("terraform", "apply", "-no-color", "-input=false", "-auto-approve")
                .ok()
                .output();
    }

    /** An event on the bus comes through queue and function into the table, the API answers, and the bucket keeps versions. */
    private static void works(Terminal terminal, JsonNode made, String greeting)
            throws IOException, InterruptedException {
        Aws aws = new Aws(terminal);
        assertThat(fetched(terminal, made)).isEqualTo("{\"greeting\": \"" + greeting + ", Ann\"}");
        Files.writeString(terminal.folder().resolve("entries.json"), """
                [{"EventBusName": "%s", "Source": "shop", "DetailType": "OrderPlaced",
                  "Detail": "{\\"id\\":\\"o-1\\",\\"placed\\":7,\\"customer\\":\\"Ann\\"}"}]
                """.formatted(value(made, "bus")));
        aws.ok("events", "put-events", "--entries", "file://entries.json");
        terminal.eventually(
                () -> aws.ok(
                                "dynamodb",
                                "query",
                                "--table-name",
                                value(made, "table"),
                                "--index-name",
                                "by-customer",
                                "--key-condition-expression",
                                "customer = :c",
                                "--expression-attribute-values",
                                "{\":c\":{\"S\":\"Ann\"}}",
                                "--query",
                                "Items[].id.S",
                                "--output",
                                "text")
                        .text(),
                "o-1"::equals);
        assertThat(aws.json("s3api", "list-object-versions", "--bucket", value(made, "bucket"))
                        .at("/Versions/0/Key")
                        .asText())
                .isEqualTo("terms.txt");
        assertThat(aws.ok(
                                "ssm",
                                "get-parameter",
                                "--name",
                                "/shop/secret",
                                "--with-decryption",
                                "--query",
                                "Parameter.Value",
                                "--output",
                                "text")
                        .text())
                .isEqualTo("s3cret");
    }

    private static String fetched(Terminal terminal, JsonNode made) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(terminal.at("/_virga/api/" + value(made, "api_id") + "/greet/Ann"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static String value(JsonNode made, String output) {
        return made.get(output).get("value").asText();
    }
}
