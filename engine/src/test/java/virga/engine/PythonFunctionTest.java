package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Python functions, run for real on the machine's own python. */
class PythonFunctionTest {
    @Test
    void aHandlerInAPackageAnswers() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            TestingZip zip = new TestingZip()
                    .file("shop/__init__.py", "")
                    .file(
                            "shop/orders.py",
                            "from shop.tax import tax\ndef run(event, context):\n    return {'total': tax(event['price'])}\n")
                    .file("shop/tax.py", "def tax(price):\n    return price * 2\n");
            assertThat(cloud.answer(cloud.function("python3.11", "shop/orders.run", zip.code()), "{\"price\":21}"))
                    .isEqualTo("{\"total\": 42}");
        }
    }

    @Test
    void theContextHasLambdasFields() throws Exception {
        String source = """
                def handler(event, c):
                    left = c.get_remaining_time_in_millis()
                    return [c.function_name, c.function_version, c.memory_limit_in_mb, c.log_group_name,
                            c.invoked_function_arn, 15000 < left <= 20000, len(c.aws_request_id), c.client_context]
                """;
        assertThat(answer(source, "{}"))
                .isEqualTo("[\"shop\", \"$LATEST\", \"256\", \"/aws/lambda/shop\","
                        + " \"arn:aws:lambda:eu-central-1:000000000000:function:shop\", true, 36, null]");
    }

    @Test
    void aRaisedErrorHasTypeMessageAndTheUsersOwnStack() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "def handler(event, context):\n    raise ValueError('boom')\n";
            Outcome.Failed failed = cloud.failure(python(cloud, source), "{}");
            assertThat(failed.payload().utf8())
                    .startsWith("{\"errorMessage\": \"boom\", \"errorType\": \"ValueError\", \"requestId\": \"")
                    .contains("app.py\\\", line 2, in handler\\n    raise ValueError('boom')\\n\"]}")
                    .doesNotContain("bootstrap.py");
            assertThat(failed.logTail()).contains("[ERROR] ValueError: boom\nTraceback (most recent call last):\n");
        }
    }

    @Test
    void printAndLoggingReachTheLogAsLambdaFormatsThem() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = """
                    import logging
                    logging.getLogger().setLevel(logging.INFO)
                    def handler(event, context):
                        print('plain')
                        logging.info('two\\nlines')
                        return context.aws_request_id
                    """;
            String requestId = cloud.answer(python(cloud, source), "{}").replace("\"", "");
            List<TestingCloud.LogEvent> own = cloud.log.stream()
                    .filter(event -> !event.message().matches("(?s)(START|END|REPORT|INIT_START).*"))
                    .toList();
            assertThat(own).hasSize(2).allMatch(event -> event.causeId().equals(requestId));
            assertThat(own.get(0).message()).isEqualTo("plain\n");
            assertThat(own.get(1).message())
                    .matches("\\[INFO]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t" + requestId
                            + "\ttwo\nlines\n");
        }
    }

    @Test
    void aMissingModuleIsAnImportError() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            assertThat(cloud.failure(python(cloud, "import nowhere\n"), "{}")
                            .payload()
                            .utf8())
                    .contains("Runtime.ImportModuleError", "Unable to import module 'app': No module named 'nowhere'");
        }
    }

    @Test
    void aSyntaxErrorIsTheUsers() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            assertThat(cloud.failure(python(cloud, "def handler(:\n"), "{}")
                            .payload()
                            .utf8())
                    .contains("Runtime.UserCodeSyntaxError", "Syntax error in module 'app'");
        }
    }

    @Test
    void aModuleInALayerIsFound() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            TestingZip zip = new TestingZip()
                    .file("app.py", "import shoe\ndef handler(event, context):\n    return shoe.size\n");
            TestingZip layer = new TestingZip().file("python/shoe.py", "size = 44\n");
            FunctionVersion version = cloud.version(
                    "python3.11",
                    "app.handler",
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
    void aHandlerThatLeavesTheProcessFailsWithItsStatus() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "import os\ndef handler(event, context):\n    os._exit(3)\n";
            Outcome.Failed failed = cloud.failure(python(cloud, source), "{}");
            assertThat(failed.payload().utf8())
                    .contains("\"errorType\":\"Runtime.ExitError\"", "Error: Runtime exited with error: exit status 3");
            assertThat(failed.logTail()).contains("Status: error\tError Type: Runtime.ExitError");
        }
    }

    private static FunctionVersion python(TestingCloud cloud, String source) {
        return cloud.function(
                "python3.11",
                "app.handler",
                new TestingZip().file("app.py", source).code());
    }

    private static String answer(String source, String event) throws IOException, InterruptedException {
        try (TestingCloud cloud = new TestingCloud()) {
            return cloud.answer(python(cloud, source), event);
        }
    }
}
