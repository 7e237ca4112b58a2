package virga.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** What clients find in the cloud. */
final class Place {
    /** Answers with the event; as {@code failure} with an error. */
    private static final String BOOTSTRAP = """
            #!/bin/sh
            set -eu
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
            while true; do
              headers=$(mktemp)
              event=$(curl -sS -D "$headers" "$api/next")
              id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '[:space:]' | cut -d: -f2)
              if [ "$KIND" = failure ]; then
                curl -sS -X POST "$api/$id/error" -d '{"errorType":"Drought","errorMessage":"no water"}' > /dev/null
              else
                curl -sS -X POST "$api/$id/response" -d "$event" > /dev/null
              fi
            done
            """;

    private static final String ROLE = "arn:aws:iam::000000000000:role/worker";

    private Place() {}

    static String queue(String name) {
        return "http://127.0.0.1/000000000000/" + name;
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:000000000000:" + queue;
    }

    static void prepare(Clients clients) {
        for (String queue : List.of("kept", "done", "failed")) {
            clients.sqs().createQueue(request -> request.queueName(queue));
        }
        clients.s3().createBucket(request -> request.bucket("objects"));
        clients.dynamodb()
                .createTable(request -> request.tableName("items")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("pk")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("pk")
                                .keyType(KeyType.HASH)
                                .build()));
        function(clients, "working", "");
        function(clients, "failing", "failure");
    }

    private static void function(Clients clients, String name, String kind) {
        clients.lambda()
                .createFunction(request -> request.functionName(name)
                        .runtime(Runtime.PROVIDED_AL2023)
                        .handler("bootstrap")
                        .role(ROLE)
                        .timeout(30)
                        .environment(set -> set.variables(Map.of("KIND", kind)))
                        .code(code -> code.zipFile(zip())));
        // Few workers at once: this machine may be small.
        clients.lambda()
                .putFunctionConcurrency(request -> request.functionName(name).reservedConcurrentExecutions(2));
        clients.lambda()
                .putFunctionEventInvokeConfig(request -> request.functionName(name)
                        .maximumRetryAttempts(1)
                        .destinationConfig(ends -> ends.onSuccess(end -> end.destination(arn("done")))
                                .onFailure(end -> end.destination(arn("failed")))));
    }

    private static SdkBytes zip() {
        try {
            Path zip = Files.createTempDirectory("virga-process-").resolve("function.zip");
            try (FileSystem files =
                    FileSystems.newFileSystem(zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
                Path bootstrap = Files.writeString(files.getPath("bootstrap"), BOOTSTRAP);
                Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            byte[] bytes = Files.readAllBytes(zip);
            Files.delete(zip);
            Files.delete(zip.getParent());
            return SdkBytes.fromByteArray(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ten queues, each made after the one before it. */
    static String stack(String name) {
        StringBuilder template = new StringBuilder("Resources:\n");
        for (int i = 0; i < 10; i++) {
            template.append("  Q").append(i).append(":\n    Type: AWS::SQS::Queue\n");
            template.append("    Properties: {QueueName: ")
                    .append(name)
                    .append('-')
                    .append(i)
                    .append("}\n");
            if (i > 0) {
                template.append("    DependsOn: Q").append(i - 1).append('\n');
            }
        }
        return template.toString();
    }

    /** Moves the cloud's clock, as {@code virga clock advance} does. */
    static void advance(VirgaProcess virga, Duration duration) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(virga.endpoint() + "/_virga/clock"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"action\":\"advance\",\"seconds\":" + duration.toSeconds() + "}"))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
