package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, AWS Lambda API Reference. */
@ExtendWith(Accounts.class)
final class FunctionsTest {
    private static InvokeResponse invoke(Functions functions, String function, String event) {
        return functions
                .lambda()
                .invoke(request ->
                        request.functionName(function).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(event)));
    }

    @Test
    void anAnswerComesWithTheEndOfTheLog(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("echo", Map.of("KIND", "rain"));
        InvokeResponse answer = invoke(functions, name, "{\"a\":1}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isNull();
        assertThat(answer.executedVersion()).isEqualTo("$LATEST");
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"kind\":\"rain\",\"event\":{\"a\":1}}");
        assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
                .containsPattern("START RequestId: [0-9a-f-]{36} Version: \\$LATEST")
                .contains("handling")
                .contains("REPORT RequestId: ");
    }

    @Test
    void theIdOfTheAnswerIsTheOneInTheLog(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("known", Map.of());
        InvokeResponse answer = invoke(functions, name, "{}");
        assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
                .contains("REPORT RequestId: " + answer.responseMetadata().requestId());
    }

    @Test
    void anErrorOfTheFunctionIsAnAnswerThatSaysSo(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("failing", Map.of("KIND", "failure"));
        InvokeResponse answer = invoke(functions, name, "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).contains("\"errorType\":\"Drought\"", "no water");
    }

    @Test
    void anEventIsAcceptedAndADryRunOnlyLooked(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("later", Map.of());
        assertThat(functions
                        .lambda()
                        .invoke(request -> request.functionName(name)
                                .invocationType(InvocationType.EVENT)
                                .payload(SdkBytes.fromUtf8String("{}")))
                        .statusCode())
                .isEqualTo(202);
        assertThat(functions
                        .lambda()
                        .invoke(request -> request.functionName(name).invocationType(InvocationType.DRY_RUN))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPayloadThatIsTooLongIsRefusedForItsKindOfInvocation(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("long", Map.of());
        SdkBytes payload = SdkBytes.fromUtf8String("\"" + "x".repeat(1024 * 1024) + "\"");
        assertThatThrownBy(() -> functions
                        .lambda()
                        .invoke(request -> request.functionName(name)
                                .invocationType(InvocationType.EVENT)
                                .payload(payload)))
                .isInstanceOfSatisfying(LambdaException.class, refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(413);
                    assertThat(refusal.awsErrorDetails().errorMessage())
                            .isEqualTo(
                                    "1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
                });
    }

    @Test
    void whatIsNotThereIsTakenOrIsNoEventIsRefused(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("taken", Map.of());
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "Function not found: arn:aws:lambda:",
                () -> invoke(functions, account.name("gone"), "{}"));
        Refused.with(
                ResourceConflictException.class,
                "ResourceConflictException",
                409,
                "Function already exist: " + name,
                () -> functions.create("taken", Map.of()));
        Refused.with(
                LambdaException.class,
                "InvalidRequestContentException",
                400,
                "Could not parse request body into json",
                () -> invoke(functions, name, "not json"));
    }

    @Test
    void bytesThatAreNoArchiveAreToldFromAnEmptyArchive(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("packed", Map.of());
        String emptyArchive = "PK\u0005\u0006" + "\0".repeat(18);
        Refused.with(
                InvalidParameterValueException.class,
                "InvalidParameterValueException",
                400,
                "Could not unzip uploaded file. Please check your file, then try to upload again.",
                () -> functions
                        .lambda()
                        .updateFunctionCode(
                                request -> request.functionName(name).zipFile(SdkBytes.fromUtf8String("no archive"))));
        Refused.with(
                InvalidParameterValueException.class,
                "InvalidParameterValueException",
                400,
                "Uploaded file must be a non-empty zip",
                () -> functions
                        .lambda()
                        .updateFunctionCode(
                                request -> request.functionName(name).zipFile(SdkBytes.fromUtf8String(emptyArchive))));
    }

    @Test
    void aFunctionWithoutCodeSigningSaysSo(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("unsigned", Map.of());
        assertThat(functions
                        .lambda()
                        .getFunctionCodeSigningConfig(request -> request.functionName(name))
                        .codeSigningConfigArn())
                .isNull();
    }

    @Test
    void aVersionStaysAsItWasAndAnAliasMoves(Account account) {
        Functions functions = Functions.in(account);
        LambdaClient lambda = functions.lambda();
        String name = functions.create("versioned", Map.of("KIND", "rain"));
        assertThat(lambda.publishVersion(request -> request.functionName(name)).version())
                .isEqualTo("1");
        lambda.createAlias(request -> request.functionName(name).name("live").functionVersion("1"));
        lambda.updateFunctionConfiguration(
                request -> request.functionName(name).environment(set -> set.variables(Map.of("KIND", "snow"))));
        lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName(name), account.waiting());
        InvokeResponse live = invoke(functions, name + ":live", "1");
        assertThat(live.executedVersion()).isEqualTo("1");
        assertThat(live.payload().asUtf8String()).contains("rain");
        assertThat(invoke(functions, name, "1").payload().asUtf8String()).contains("snow");
        assertThat(lambda.publishVersion(request -> request.functionName(name)).version())
                .isEqualTo("2");
        lambda.updateAlias(request -> request.functionName(name).name("live").functionVersion("2"));
        assertThat(invoke(functions, name + ":live", "1").payload().asUtf8String())
                .contains("snow");
        assertThat(lambda.listVersionsByFunctionPaginator(
                                request -> request.functionName(name).maxItems(1))
                        .versions())
                .extracting(FunctionConfiguration::version)
                .containsExactly("$LATEST", "1", "2");
    }

    @Test
    void aFunctionWithoutConcurrencyIsThrottled(Account account) {
        Functions functions = Functions.in(account);
        String name = functions.create("still", Map.of());
        functions
                .lambda()
                .putFunctionConcurrency(request -> request.functionName(name).reservedConcurrentExecutions(0));
        account.eventually(
                () -> functions.lambda().getFunctionConcurrency(request -> request.functionName(name)),
                found -> Integer.valueOf(0).equals(found.reservedConcurrentExecutions()));
        Refused.with(
                TooManyRequestsException.class,
                "TooManyRequestsException",
                429,
                "Rate Exceeded.",
                () -> invoke(functions, name, "{}"));
        functions.lambda().deleteFunctionConcurrency(request -> request.functionName(name));
        assertThat(account.onceAllowed("Rate Exceeded", () -> invoke(functions, name, "{}"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPermissionIsAStatementOfThePolicy(Account account) {
        Functions functions = Functions.in(account);
        LambdaClient lambda = functions.lambda();
        String name = functions.create("shared", Map.of());
        lambda.addPermission(request -> request.functionName(name)
                .statementId("rules")
                .action("lambda:InvokeFunction")
                .principal("events.amazonaws.com"));
        assertThat(lambda.getPolicy(request -> request.functionName(name)).policy())
                .contains("\"Sid\":\"rules\"", "events.amazonaws.com");
        Refused.with(
                ResourceConflictException.class,
                "ResourceConflictException",
                409,
                "The statement id (rules) provided already exists",
                () -> lambda.addPermission(request -> request.functionName(name)
                        .statementId("rules")
                        .action("lambda:InvokeFunction")
                        .principal("events.amazonaws.com")));
        lambda.removePermission(request -> request.functionName(name).statementId("rules"));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "The resource you requested does not exist.",
                () -> lambda.getPolicy(request -> request.functionName(name)));
    }

    @Test
    void tagsAreKept(Account account) {
        Functions functions = Functions.in(account);
        LambdaClient lambda = functions.lambda();
        String arn = lambda.getFunction(request -> request.functionName(functions.create("tagged", Map.of())))
                .configuration()
                .functionArn();
        lambda.tagResource(request -> request.resource(arn).tags(Map.of("team", "weather", "stage", "test")));
        lambda.untagResource(request -> request.resource(arn).tagKeys("stage"));
        assertThat(lambda.listTags(request -> request.resource(arn)).tags()).isEqualTo(Map.of("team", "weather"));
    }

    @Test
    void layersAreListedByTheirLatestVersion(Account account) {
        Functions functions = Functions.in(account);
        LambdaClient lambda = functions.lambda();
        String name = account.name("layer");
        for (Runtime runtime : List.of(Runtime.PYTHON3_13, Runtime.NODEJS22_X)) {
            long version = lambda.publishLayerVersion(request -> request.layerName(name)
                            .compatibleRuntimes(runtime)
                            .content(content -> content.zipFile(Functions.zip())))
                    .version();
            account.afterwards(() ->
                    lambda.deleteLayerVersion(request -> request.layerName(name).versionNumber(version)));
        }
        assertThat(lambda.listLayersPaginator(request -> {}).layers())
                .filteredOn(layer -> layer.layerName().equals(name))
                .singleElement()
                .satisfies(layer ->
                        assertThat(layer.latestMatchingVersion().version()).isEqualTo(2));
        assertThat(lambda.listLayersPaginator(request -> request.compatibleRuntime(Runtime.PYTHON3_13))
                        .layers())
                .filteredOn(layer -> layer.layerName().equals(name))
                .singleElement()
                .satisfies(layer ->
                        assertThat(layer.latestMatchingVersion().version()).isEqualTo(1));
        assertThat(lambda.listLayerVersionsPaginator(
                                request -> request.layerName(name).compatibleRuntime(Runtime.NODEJS22_X))
                        .layerVersions())
                .singleElement()
                .satisfies(version -> assertThat(version.version()).isEqualTo(2));
    }
}
