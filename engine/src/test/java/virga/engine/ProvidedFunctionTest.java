package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.function.FunctionVersion;

/** Runtimes of the user's own: an executable named bootstrap, here a shell script with curl, as AWS's tutorial has it. */
class ProvidedFunctionTest {
    static final String SCRIPT = """
            #!/bin/sh
            set -eu
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
            while true; do
              headers=$(mktemp)
              event=$(curl -sS -D "$headers" "$api/next")
              id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '[:space:]' | cut -d: -f2)
              echo "handling $_HANDLER"
              curl -sS -X POST "$api/$id/response" -d "{\\"echo\\":$event}" > /dev/null
            done
            """;

    @Test
    void aShellScriptHandlesEvents() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function(
                    "provided.al2023",
                    "shell.run",
                    new TestingZip().executable("bootstrap", SCRIPT).code());
            assertThat(cloud.answer(version, "{\"a\":1}")).isEqualTo("{\"echo\":{\"a\":1}}");
            assertThat(cloud.answer(version, "2")).isEqualTo("{\"echo\":2}");
            assertThat(cloud.messages())
                    .filteredOn("handling shell.run\n"::equals)
                    .hasSize(2);
        }
    }

    @Test
    void aPackageWithoutBootstrapFailsAsOnAws() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function(
                    "provided.al2023",
                    "x",
                    new TestingZip().file("readme", "nothing").code());
            assertThat(cloud.failure(version, "{}").payload().utf8())
                    .contains("Runtime.InvalidEntrypoint", "Couldn't find valid bootstrap(s)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'#!/bin/sh\n', 0100644, permission denied",
        "'#!/no/such/shell\n', 0100755, no such file or directory",
        "'#!/bin/sh\r\n', 0100755, no such file or directory",
        "'echo hello\n', 0100755, exec format error"
    })
    void aBootstrapThatCanNotBeExecutedFailsInLambdasWords(String script, String mode, String words) throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            byte[] bytes = script.translateEscapes().getBytes(StandardCharsets.UTF_8);
            FunctionVersion version = cloud.function(
                    "provided.al2023",
                    "x",
                    new TestingZip()
                            .file("bootstrap", bytes, Integer.decode(mode))
                            .code());
            assertThat(cloud.failure(version, "{}").payload().utf8())
                    .contains("\"errorType\":\"Runtime.InvalidEntrypoint\"")
                    .contains("Error: fork/exec /var/task/bootstrap: " + words);
        }
    }

    @Test
    void anExecutableForAnotherArchitectureIsRefusedInWords() throws Exception {
        boolean onArm = System.getProperty("os.arch").equals("aarch64");
        byte[] elf = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})
                .putShort(18, (short) (onArm ? 62 : 183))
                .array();
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = cloud.function(
                    "provided.al2023",
                    "x",
                    new TestingZip().file("bootstrap", elf, 0100755).code());
            assertThat(cloud.engine.refusal(version))
                    .startsWith("bootstrap is an executable for " + (onArm ? "x86_64" : "arm64")
                            + ", and this machine is ");
        }
    }
}
