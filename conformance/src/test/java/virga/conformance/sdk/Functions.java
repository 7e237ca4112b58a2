package virga.conformance.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import virga.conformance.fixture.Account;

/** Functions of a test's own; their role may write logs. */
record Functions(Account account, LambdaClient lambda, CloudWatchLogsClient logs, String role) {
    /**
     * As AWS's tutorial of custom runtimes has it. Logs the event. Answers with its variable KIND and the event; as {@code web} with an
     * HTTP answer that carries the event, as {@code garbled} with an HTTP answer whose status is none, as {@code failure} with an error,
     * as {@code picky} with an error where the event holds poison, as {@code sorting} with the records of a batch that hold poison.
     */
    private static final String BOOTSTRAP = """
            #!/bin/sh
            set -eu
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
            while true; do
              headers=$(mktemp)
              event=$(curl -sS -D "$headers" "$api/next")
              id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '[:space:]' | cut -d: -f2)
              echo "handling $event"
              poisoned=$(printf %s "$event" | grep -c poison || true)
              if [ "${KIND:-}" = failure ] || { [ "${KIND:-}" = picky ] && [ "$poisoned" != 0 ]; }; then
                curl -sS -X POST "$api/$id/error" -H 'Lambda-Runtime-Function-Error-Type: Drought' \\
                  -d '{"errorType":"Drought","errorMessage":"no water"}' > /dev/null
              elif [ "${KIND:-}" = web ]; then
                body=$(printf %s "$event" | base64 -w0)
                fields='{"content-type":"application/json","x-kind":"web"}'
                curl -sS -X POST "$api/$id/response" \\
                  -d "{\\"statusCode\\":201,\\"headers\\":$fields,\\"isBase64Encoded\\":true,\\"body\\":\\"$body\\"}" > /dev/null
              elif [ "${KIND:-}" = sorting ]; then
                bad=$(printf %s "$event" | sed 's/{"messageId"/\\n&/g; s/{"eventID"/\\n&/g' | grep poison \\
                  | sed 's/.*"\\(messageId\\|SequenceNumber\\)":"\\([^"]*\\)".*/{"itemIdentifier":"\\2"}/' | paste -sd, - || true)
                curl -sS -X POST "$api/$id/response" -d "{\\"batchItemFailures\\":[$bad]}" > /dev/null
              elif [ "${KIND:-}" = garbled ]; then
                curl -sS -X POST "$api/$id/response" -d '{"statusCode":"no number"}' > /dev/null
              else
                curl -sS -X POST "$api/$id/response" -d "{\\"kind\\":\\"${KIND:-}\\",\\"event\\":$event}" > /dev/null
              fi
            done
            """;

    private static final int TIMEOUT_SECONDS = 30;

    /** @param actions what their role may do to everything, beside writing logs */
    static Functions in(Account account, String... actions) {
        String allowed = Stream.concat(Stream.of("logs:*"), Stream.of(actions))
                .map(action -> "\"" + action + "\"")
                .collect(Collectors.joining(","));
        String role = Roles.role(
                account,
                account.client(IamClient.builder()),
                "function",
                "{\"Service\":\"lambda.amazonaws.com\"}",
                "{\"Effect\":\"Allow\",\"Action\":[" + allowed + "],\"Resource\":\"*\"}");
        return new Functions(
                account, account.client(LambdaClient.builder()), account.client(CloudWatchLogsClient.builder()), role);
    }

    String arn(String name) {
        return lambda.getFunction(request -> request.functionName(name))
                .configuration()
                .functionArn();
    }

    /** Accepts an event to be handled later. */
    void send(String name, String event) {
        lambda.invoke(request -> request.functionName(name)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(event)));
    }

    /** The events that a function has logged so far, in order. */
    List<String> handled(String name) {
        try {
            return logs
                    .filterLogEventsPaginator(request ->
                            request.logGroupName("/aws/lambda/" + name).filterPattern("handling"))
                    .events()
                    .stream()
                    .map(event -> event.message().strip().substring("handling ".length()))
                    .toList();
        } catch (ResourceNotFoundException nothingYet) {
            return List.of();
        }
    }

    /** What a function has logged, once it is as it should become. */
    List<String> handled(String name, Predicate<List<String>> until) {
        return account.eventually(() -> handled(name), until);
    }

    /** The name of a new function that is ready. */
    String create(String purpose, Map<String, String> variables) {
        return create(purpose, variables, more -> {});
    }

    /** @param more what is asked of it besides */
    String create(String purpose, Map<String, String> variables, Consumer<CreateFunctionRequest.Builder> more) {
        String name = account.name(purpose);
        account.onceAllowed(
                "cannot be assumed by Lambda",
                () -> lambda.createFunction(request -> request.functionName(name)
                        .runtime(Runtime.PROVIDED_AL2023)
                        .handler("bootstrap")
                        .role(role)
                        .timeout(TIMEOUT_SECONDS)
                        .environment(set -> set.variables(variables))
                        .applyMutation(more)
                        .code(code -> code.zipFile(zip()))));
        account.afterwards(() -> lambda.deleteFunction(request -> request.functionName(name)));
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name), account.waiting());
        return name;
    }

    /** A package with the code of these functions. */
    static SdkBytes zip() {
        try {
            Path zip = Files.createTempDirectory("virga-conformance-").resolve("function.zip");
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
}
