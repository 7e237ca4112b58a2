package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.kernel.function.FunctionVersion;

/** When Virga is killed, its workers go with it. */
class CrashTest {
    @ParameterizedTest
    @ValueSource(strings = {"mounted busy", "mounted idle", "plain busy", "plain idle"})
    void workersEndWhenVirgaIsKilled(String how) throws Exception {
        Process virga = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        how))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = virga.inputReader()) {
            long worker = Long.parseLong(lines.readLine().strip());
            assertThat(ProcessHandle.of(worker)).isPresent();
            virga.destroyForcibly();
            ProcessHandle.of(worker).ifPresent(process -> process.onExit().join());
            assertThat(ProcessHandle.of(worker)).isEmpty();
        }
    }

    /** A small Virga that prints its worker's process id and then waits to be killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            String how = arguments[0];
            TestingCloud cloud = new TestingCloud(config -> config.withPlainWorkers(how.startsWith("plain")));
            String source = "import os, time\ndef handler(event, context):\n    print(os.getpid())\n"
                    + (how.endsWith("busy") ? "    time.sleep(1000)\n" : "");
            FunctionVersion version = cloud.function(
                    "python3.11",
                    "app.handler",
                    new TestingZip().file("app.py", source).code());
            var outcome = cloud.invokeAside(version, "{}");
            if (how.endsWith("idle")) {
                outcome.get();
            } else {
                cloud.awaitLog("START", 1);
            }
            String pid = "";
            while (pid.isEmpty()) {
                cloud.ports.clock().sleep(java.time.Duration.ofMillis(10));
                pid = cloud.messages().stream()
                        .filter(line -> line.matches("\\d+\n"))
                        .findFirst()
                        .orElse("");
            }
            System.out.print(pid);
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
