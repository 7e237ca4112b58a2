package virga.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects, items and parameters with the aws CLI. */
@Tag("clients")
@ExtendWith(Terminals.class)
final class CliStorageTest {
    @BeforeEach
    void isHere() {
        Client.AWS_CLI.requireHere();
    }

    @Test
    void filesGoUpAndComeBackAsTheyWere(Terminal terminal) throws IOException {
        Aws aws = new Aws(terminal);
        byte[] large = new byte[18 * 1024 * 1024];
        new Random(7).nextBytes(large);
        Files.write(terminal.folder().resolve("large.bin"), large);
        Files.writeString(terminal.folder().resolve("small.html"), "<p>small</p>");

        assertThat(aws.ok("s3", "mb", "s3://files").text()).isEqualTo("make_bucket: files");
        aws.ok("s3", "cp", "large.bin", "s3://files/a/large.bin", "--only-show-errors");
        aws.ok("s3", "cp", "small.html", "s3://files/small.html", "--metadata", "kind=page");
        aws.ok("s3", "cp", "s3://files/a/large.bin", "back.bin", "--only-show-errors");

        assertThat(Files.readAllBytes(terminal.folder().resolve("back.bin"))).isEqualTo(large);
        assertThat(aws.ok("s3", "ls", "s3://files").lines())
                .satisfiesExactly(
                        folder -> assertThat(folder).isEqualTo("PRE a/"),
                        file -> assertThat(file).matches("[-\\d]+ [:\\d]+ +12 small.html"));
        var head = aws.json("s3api", "head-object", "--bucket", "files", "--key", "small.html");
        assertThat(head.get("ContentType").asText()).isEqualTo("text/html");
        assertThat(head.at("/Metadata/kind").asText()).isEqualTo("page");
        assertThat(aws.json("s3api", "head-object", "--bucket", "files", "--key", "a/large.bin")
                        .get("ETag")
                        .asText())
                .as("made of three parts")
                .endsWith("-3\"");
        aws.ok("s3", "rb", "s3://files", "--force");
        assertThat(aws.ok("s3", "ls").text()).isEmpty();
    }

    @Test
    void aFolderIsSyncedByWhatChanged(Terminal terminal) throws IOException {
        Aws aws = new Aws(terminal);
        Path site = Files.createDirectories(terminal.folder().resolve("site/images"))
                .getParent();
        Files.writeString(site.resolve("index.html"), "index");
        Files.writeString(site.resolve("images/logo.svg"), "<svg/>");
        aws.ok("s3", "mb", "s3://site");
        assertThat(aws.ok("s3", "sync", "site", "s3://site", "--no-progress").lines())
                .hasSize(2);
        assertThat(aws.ok("s3", "sync", "site", "s3://site", "--no-progress").text())
                .as("nothing changed")
                .isEmpty();

        Files.writeString(site.resolve("index.html"), "another index");
        Files.delete(site.resolve("images/logo.svg"));
        assertThat(aws.ok("s3", "sync", "site", "s3://site", "--delete", "--no-progress")
                        .lines())
                .containsExactlyInAnyOrder(
                        "delete: s3://site/images/logo.svg", "upload: site/index.html to s3://site/index.html");
        aws.ok("s3", "sync", "s3://site", "copy", "--no-progress");
        assertThat(terminal.folder().resolve("copy/index.html")).hasContent("another index");
        assertThat(terminal.folder().resolve("copy/images")).doesNotExist();
    }

    @Test
    void aPresignedLinkOpensOneObject(Terminal terminal) throws IOException, InterruptedException {
        Aws aws = new Aws(terminal);
        Files.writeString(terminal.folder().resolve("note.txt"), "a note");
        aws.ok("s3", "mb", "s3://notes");
        aws.ok("s3", "cp", "note.txt", "s3://notes/note.txt");
        String link = aws.ok("s3", "presign", "s3://notes/note.txt", "--expires-in", "60")
                .text();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(fetched(http, link).body()).isEqualTo("a note");
            HttpResponse<String> refused = fetched(http, link.replace("note.txt", "other.txt"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("<Code>SignatureDoesNotMatch</Code>");
        }
    }

    private static HttpResponse<String> fetched(HttpClient http, String link) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itemsAreQueriedPageByPage(Terminal terminal) {
        Aws aws = new Aws(terminal);
        aws.ok(
                "dynamodb",
                "create-table",
                "--table-name",
                "orders",
                "--billing-mode",
                "PAY_PER_REQUEST",
                "--attribute-definitions",
                "AttributeName=id,AttributeType=S",
                "AttributeName=line,AttributeType=N",
                "--key-schema",
                "AttributeName=id,KeyType=HASH",
                "AttributeName=line,KeyType=RANGE");
        aws.ok("dynamodb", "wait", "table-exists", "--table-name", "orders");
        StringBuilder puts = new StringBuilder();
        for (int line = 0; line < 9; line++) {
            puts.append(line == 0 ? "" : ",")
                    .append("{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"o-1\"},\"line\":{\"N\":\"" + line + "\"}}}}");
        }
        aws.ok("dynamodb", "batch-write-item", "--request-items", "{\"orders\":[" + puts + "]}");

        String[] query = {
            "dynamodb", "query", "--table-name", "orders", "--key-condition-expression", "id = :id",
            "--expression-attribute-values", "{\":id\":{\"S\":\"o-1\"}}", "--query", "Items[].line.N", "--output",
                    "text"
        };
        assertThat(aws.ok(with(query, "--page-size", "4")).lines()).containsExactly("0\t1\t2\t3", "4\t5\t6\t7", "8");
        assertThat(aws.ok(with(query, "--max-items", "3")).lines().getFirst()).isEqualTo("0\t1\t2");

        var refused = aws.run(
                "dynamodb",
                "put-item",
                "--table-name",
                "orders",
                "--item",
                "{\"id\":{\"S\":\"o-1\"},\"line\":{\"N\":\"0\"}}",
                "--condition-expression",
                "attribute_not_exists(id)");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors().strip())
                .endsWith("An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: "
                        + "The conditional request failed");
        aws.ok("dynamodb", "delete-table", "--table-name", "orders");
        aws.ok("dynamodb", "wait", "table-not-exists", "--table-name", "orders");
    }

    private static String[] with(String[] command, String... more) {
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return all;
    }

    @Test
    void parametersAreFoundByTheirPath(Terminal terminal) {
        Aws aws = new Aws(terminal);
        for (int number = 0; number < 4; number++) {
            aws.ok("ssm", "put-parameter", "--name", "/app/p" + number, "--type", "String", "--value", "v" + number);
        }
        aws.ok("ssm", "put-parameter", "--name", "/app/key", "--type", "SecureString", "--value", "hidden");
        assertThat(aws.ok(
                                "ssm",
                                "get-parameters-by-path",
                                "--path",
                                "/app",
                                "--page-size",
                                "2",
                                "--with-decryption",
                                "--query",
                                "Parameters[].Value",
                                "--output",
                                "text")
                        .text()
                        .split("\\s+"))
                .containsExactlyInAnyOrder("hidden", "v0", "v1", "v2", "v3");
        var missing = aws.run("ssm", "get-parameter", "--name", "/app/none");
        assertThat(missing.exit()).isNotZero();
        assertThat(missing.errors())
                .contains("An error occurred (ParameterNotFound) when calling the GetParameter operation");
    }
}
