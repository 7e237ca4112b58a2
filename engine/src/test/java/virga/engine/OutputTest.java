package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Functions that do odd things with their output. */
class OutputTest {
    @Test
    void whatLooksLikeTheBeginningOfAFrameKeepsNobodyWaiting() throws Exception {
        String source = """
                import os
                def handler(event, context):
                    os.write(1, bytes(range(256)) + b'\\n')
                    os.write(1, b'\\xa5\\x5a\\x00\\x03\\x7f\\xff\\xff\\xff12345678 not a frame\\n')
                    return 1
                """;
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, source);
            assertThat(cloud.answer(version, "{}")).isEqualTo("1");
            assertThat(cloud.answer(version, "{}")).isEqualTo("1");
            assertThat(cloud.messages())
                    .filteredOn(message -> message.contains("not a frame"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "python3.11, app.py, 'def handler(event, context):\n    import os\n    os.close(1)\n    raise ValueError(\"after\")\n'",
        "nodejs20.x, app.js, 'exports.handler = async () => { require(\"fs\").closeSync(1); throw new Error(\"after\"); };'"
    })
    void aFunctionThatClosesItsOutputStillHasItsErrorLogged(String runtime, String file, String source)
            throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function(
                    runtime,
                    "app.handler",
                    new TestingZip().file(file, source.translateEscapes()).code());
            Outcome.Failed failed = cloud.failure(version, "{}");
            assertThat(failed.payload().utf8()).contains("\"after\"");
            cloud.awaitLog("END", 1);
            cloud.engine.retire(version.arn());
        }
    }

    @Test
    void aWorkerThatWasKilledHasUsedMemory() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            Outcome.Failed failed =
                    cloud.failure(python(cloud, "import os\ndef handler(event, context):\n    os._exit(3)\n"), "{}");
            assertThat(failed.report().maxMemoryMegabytes()).isPositive();
        }
    }

    @Test
    void aBrokenFrameIsALineAndTheMarkBehindItIsFound() {
        List<String> found = new java.util.ArrayList<>();
        FrameParser parser = new FrameParser(new FrameParser.Listener() {
            @Override
            public void line(String text) {
                found.add(text.substring(text.length() - 3));
            }

            @Override
            public void message(long epochMicros, String text) {
                found.add("message " + text);
            }

            @Override
            public void mark(long number) {
                found.add("mark " + number);
            }
        });
        byte[] broken = "0123456789abcdefend".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(new byte[] {(byte) 0xa5, 0x5a, 0, 3, 0, 1, 0, 0}, 0, broken, 0, 8);
        parser.feed(broken, broken.length);
        byte[] mark = FrameParser.mark(7);
        parser.feed(mark, 5);
        parser.feed(java.util.Arrays.copyOfRange(mark, 5, mark.length), mark.length - 5);
        assertThat(found).containsExactly("end", "mark 7");
    }

    private static FunctionVersion python(TestingCloud cloud, String source) {
        return cloud.function(
                "python3.11",
                "app.handler",
                new TestingZip().file("app.py", source).code());
    }
}
