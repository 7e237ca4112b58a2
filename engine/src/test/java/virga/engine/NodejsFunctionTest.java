package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Node.js functions, run for real on the machine's own node. */
class NodejsFunctionTest {
    @Test
    void anAsyncCommonJsHandlerAnswers() throws Exception {
        String source = "exports.handler = async (event) => ({ greeting: 'hello ' + event.name });";
        assertThat(answer("index.js", source, "{\"name\":\"rain\"}")).isEqualTo("{\"greeting\":\"hello rain\"}");
    }

    @Test
    void aCallbackHandlerAnswersWhenTheEventLoopIsEmpty() throws Exception {
        String source = "let late = 0; exports.handler = (event, context, callback) => {"
                + " setTimeout(() => { late = 1; }, 50); callback(null, { get late() { return late; } }); };";
        assertThat(answer("index.js", source, "{}")).isEqualTo("{\"late\":1}");
    }

    @Test
    void aCallbackHandlerThatDoesNotWaitForTheEventLoopAnswersAtOnce() throws Exception {
        String source = "let late = 0; exports.handler = (event, context, callback) => {"
                + " context.callbackWaitsForEmptyEventLoop = false;"
                + " setTimeout(() => { late = 1; }, 5000); callback(null, { get late() { return late; } }); };";
        assertThat(answer("index.js", source, "{}")).isEqualTo("{\"late\":0}");
    }

    @Test
    void aModuleHandlerAnswersFromItsFolder() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            TestingZip zip = new TestingZip()
                    .file(
                            "src/app.mjs",
                            "import { tax } from './tax.mjs';\nexport const run = async (e) => tax(e.price);")
                    .file("src/tax.mjs", "export const tax = (price) => price * 2;");
            assertThat(cloud.answer(cloud.function("nodejs20.x", "src/app.run", zip.code()), "{\"price\":21}"))
                    .isEqualTo("42");
        }
    }

    @Test
    void anImportOfAnEsModuleIsFoundInALayerAsOnAws() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            TestingZip zip = new TestingZip()
                    .file("index.mjs", "import { size } from 'shoe'; export const handler = async () => size;");
            TestingZip layer = new TestingZip()
                    .file("nodejs/node_modules/shoe/package.json", "{\"name\":\"shoe\",\"main\":\"index.js\"}")
                    .file("nodejs/node_modules/shoe/index.js", "exports.size = 44;");
            FunctionVersion version = cloud.version(
                    "nodejs20.x",
                    "index.handler",
                    zip.code(),
                    256,
                    Duration.ofSeconds(9),
                    Map.of(),
                    -1,
                    List.of(layer.code()));
            assertThat(cloud.answer(version, "{}")).isEqualTo("44");
        }
    }

    @Test
    void anImportCallInACommonJsHandlerIsFoundInALayerToo() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            TestingZip zip = new TestingZip()
                    .file("index.js", "exports.handler = async () => (await import('shoe')).default.size;");
            TestingZip layer = new TestingZip()
                    .file("nodejs/node_modules/shoe/package.json", "{\"name\":\"shoe\",\"main\":\"index.js\"}")
                    .file("nodejs/node_modules/shoe/index.js", "exports.size = 44;");
            FunctionVersion version = cloud.version(
                    "nodejs20.x",
                    "index.handler",
                    zip.code(),
                    256,
                    Duration.ofSeconds(9),
                    Map.of(),
                    -1,
                    List.of(layer.code()));
            assertThat(cloud.answer(version, "{}")).isEqualTo("44");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theInstalledAwsSdkIsFoundByEsModules(boolean plain) throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withPlainWorkers(plain))) {
            Path folder = Files.createDirectories(
                    cloud.libraries().resolve("nodejs/current/node_modules/@aws-sdk/client-sqs"));
            Files.writeString(
                    folder.resolve("package.json"), "{\"name\":\"@aws-sdk/client-sqs\",\"main\":\"index.js\"}");
            Files.writeString(folder.resolve("index.js"), "exports.SQSClient = class SQSClient {};");
            String source =
                    "import { SQSClient } from '@aws-sdk/client-sqs'; export const handler = async () => SQSClient.name;";
            assertThat(cloud.answer(
                            cloud.function(
                                    "nodejs20.x",
                                    "index.handler",
                                    new TestingZip().file("index.mjs", source).code()),
                            "{}"))
                    .isEqualTo("\"SQSClient\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const sqs = require('@aws-sdk/client-sqs'); exports.handler = async () => 1;",
                "exports.handler = async () => { require('@aws-sdk/client-sqs'); };",
                "exports.handler = async () => { await import('@aws-sdk/client-sqs'); };"
            })
    void theLogSaysWhyAPartOfTheAwsSdkIsNotThere(String source) throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            cloud.failure(
                    cloud.function(
                            "nodejs20.x",
                            "index.handler",
                            new TestingZip().file("index.js", source).code()),
                    "{}");
            assertThat(cloud.messages())
                    .contains(
                            "Virga does not have @aws-sdk/client-sqs, which Lambda's runtime contains: installing is switched off."
                                    + " Put it into the package, or see to it that it can be installed\n");
        }
    }

    @Test
    void anEventAndAnAnswerOfManyPiecesArriveWhole() throws Exception {
        String text = "grün ".repeat(200_000);
        assertThat(answer("index.js", "exports.handler = async (event) => event;", "\"" + text + "\""))
                .isEqualTo("\"" + text + "\"");
    }

    @Test
    void theContextHasLambdasFields() throws Exception {
        String source = "exports.handler = async (event, c) => [c.functionName, c.functionVersion, c.memoryLimitInMB,"
                + " c.logGroupName, c.invokedFunctionArn, c.getRemainingTimeInMillis() > 15000 && c.getRemainingTimeInMillis() <= 20000,"
                + " typeof c.awsRequestId];";
        assertThat(answer("index.js", source, "{}"))
                .isEqualTo("[\"shop\",\"$LATEST\",\"256\",\"/aws/lambda/shop\","
                        + "\"arn:aws:lambda:eu-central-1:000000000000:function:shop\",true,\"string\"]");
    }

    @Test
    void aThrownErrorHasTypeMessageAndTrace() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "exports.handler = async () => { throw new RangeError('too far'); };";
            Outcome.Failed failed = cloud.failure(javascript(cloud, source), "{}");
            assertThat(failed.kind()).isEqualTo("Unhandled");
            assertThat(failed.payload().utf8())
                    .startsWith(
                            "{\"errorType\":\"RangeError\",\"errorMessage\":\"too far\",\"trace\":[\"RangeError: too far\",\"at ");
            assertThat(failed.logTail()).contains("\tERROR\tInvoke Error \t{\"errorType\":\"RangeError\"");
            assertThat(cloud.records.getFirst().outcome()).isEqualTo("RangeError");
        }
    }

    @Test
    void aWorkerGoesOnAfterAHandlersError() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source =
                    "let n = 0; exports.handler = async () => { if (++n === 1) throw new Error('once'); return n; };";
            FunctionVersion version = javascript(cloud, source);
            cloud.failure(version, "{}");
            assertThat(cloud.answer(version, "{}")).isEqualTo("2");
        }
    }

    @Test
    void anUncaughtExceptionFailsTheEventAndEndsTheWorker() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "let n = 0; exports.handler = async () => { if (++n > 1) return 'old worker';"
                    + " setTimeout(() => { throw new Error('loose'); }, 1); return new Promise(() => {}); };";
            FunctionVersion version = javascript(cloud, source);
            assertThat(cloud.failure(version, "{}").payload().utf8()).contains("\"errorMessage\":\"loose\"");
            assertThat(cloud.engine.idleWorkers(version.arn())).isZero();
        }
    }

    @Test
    void aMissingModuleFailsTheInitialisationTwiceAndThenTheEvent() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            Outcome.Failed failed = cloud.failure(javascript(cloud, "require('nowhere');"), "{}");
            assertThat(failed.payload().utf8())
                    .startsWith(
                            "{\"errorType\":\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find module 'nowhere'");
            assertThat(cloud.messages())
                    .filteredOn(line -> line.startsWith("INIT_REPORT"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("Phase: init\tStatus: error\tError Type: Runtime.ImportModuleError"),
                            line -> assertThat(line).contains("Phase: invoke\tStatus: error"));
        }
    }

    @Test
    void aMissingHandlerIsNamed() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            assertThat(cloud.failure(javascript(cloud, "exports.other = 1;"), "{}")
                            .payload()
                            .utf8())
                    .startsWith("{\"errorType\":\"Runtime.HandlerNotFound\","
                            + "\"errorMessage\":\"index.handler is undefined or not exported\"");
        }
    }

    @Test
    void consoleLinesHaveLambdasFormatAndStayOneEventWithSeveralLines() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "exports.handler = async (e, c) => { console.log('one\\ntwo'); console.warn('%d left', 3);"
                    + " process.stdout.write('raw\\n'); return c.awsRequestId; };";
            String requestId = cloud.answer(javascript(cloud, source), "{}").replace("\"", "");
            List<String> own = cloud.messages().stream()
                    .filter(line -> !line.matches("(?s)(START|END|REPORT|INIT_START).*"))
                    .toList();
            String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
            assertThat(own).hasSize(3);
            assertThat(own.get(0)).matches(time + "\t" + requestId + "\tINFO\tone\ntwo\n");
            assertThat(own.get(1)).matches(time + "\t" + requestId + "\tWARN\t3 left\n");
            assertThat(own.get(2)).isEqualTo("raw\n");
        }
    }

    @Test
    void anAnswerOverSixMegabytesIsRefused() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = javascript(cloud, "exports.handler = async (n) => 'x'.repeat(n);");
            assertThat(cloud.failure(version, "6291556").payload().utf8())
                    .contains("Function.ResponseSizeTooLarge", "(6291556 bytes)");
            assertThat(cloud.answer(version, "6291554")).hasSize(6291556);
        }
    }

    @Test
    void aStreamedResponseIsCollected() throws Exception {
        String source = "exports.handler = awslambda.streamifyResponse(async (event, stream) => {"
                + " stream.write('a'); stream.write('b'); stream.end(); });";
        assertThat(answer("index.js", source, "{}")).isEqualTo("ab");
    }

    private static FunctionVersion javascript(TestingCloud cloud, String source) {
        return cloud.function(
                "nodejs20.x",
                "index.handler",
                new TestingZip().file("index.js", source).code());
    }

    private static String answer(String file, String source, String event) throws IOException, InterruptedException {
        try (TestingCloud cloud = new TestingCloud()) {
            return cloud.answer(
                    cloud.function(
                            "nodejs20.x",
                            "index.handler",
                            new TestingZip().file(file, source).code()),
                    event);
        }
    }
}
