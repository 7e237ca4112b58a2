package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** What keeps workers apart: with private mounts where this machine allows them, and with plain folders everywhere. */
class IsolationTest {
    private static final String LEAK = "def handler(event, context):\n    kept = []\n    while True:\n"
            + "        kept.append(bytearray(b'x' * 4194304))\n";

    @Test
    void theCodeIsAtVarTaskAndNothingButTmpCanBeWritten() throws Exception {
        try (TestingCloud cloud = mounted()) {
            String source = """
                    import os
                    def refused(path):
                        try:
                            open(path, 'w').close()
                            return None
                        except OSError as error:
                            return error.strerror
                    def handler(event, context):
                        open('/tmp/mine', 'w').close()
                        return [__file__, os.getcwd(), os.listdir('/tmp'), refused('/var/task/x'), refused('/usr/x'), refused('/etc/x')]
                    """;
            assertThat(cloud.answer(python(cloud, source, 256), "{}"))
                    .isEqualTo("[\"/var/task/app.py\", \"/var/task\", [\"mine\"], \"Read-only file system\","
                            + " \"Read-only file system\", \"Read-only file system\"]");
        }
    }

    @Test
    void workersDoNotSeeEachOthersTmpAndAWarmOneKeepsItsOwn() throws Exception {
        try (TestingCloud cloud = mounted()) {
            String source = "import os\ndef handler(event, context):\n    seen = os.listdir('/tmp')\n"
                    + "    open('/tmp/' + event, 'w').close()\n    return seen\n";
            assertThat(cloud.answer(python(cloud, source, 256), "\"a\"")).isEqualTo("[]");
            assertThat(cloud.answer(python(cloud, source, 256), "\"b\"")).isEqualTo("[\"a\"]");
            assertThat(cloud.answer(python(cloud, source + "#", 256), "\"c\"")).isEqualTo("[]");
        }
    }

    @Test
    void tmpIsFullAtItsConfiguredSizeAndIsNotTheFunctionsMemory() throws Exception {
        try (TestingCloud cloud = mounted()) {
            String source = """
                    def handler(event, context):
                        written = 0
                        try:
                            with open('/tmp/big', 'wb') as out:
                                while True:
                                    written += out.write(b'x' * 1048576)
                        except OSError as error:
                            return [error.strerror, 500 < written / 1048576 <= 512]
                    """;
            assertThat(cloud.answer(python(cloud, source, 128), "{}")).isEqualTo("[\"No space left on device\", true]");
        }
    }

    /** A stopped process in the process group of Virga hangs Virga up when the shell that started it ends. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(OS.LINUX)
    void aWorkerHasASessionOfItsOwn(boolean plain) throws Exception {
        try (TestingCloud cloud = plain ? new TestingCloud(config -> config.withPlainWorkers(true)) : mounted()) {
            String source = "import os\ndef handler(event, context):\n    return os.getsid(0) == os.getpid()\n";
            assertThat(cloud.answer(python(cloud, source, 256), "{}")).isEqualTo("true");
        }
    }

    @Test
    void tooMuchMemoryEndsTheWorkerUnderTheKernelsLimit() throws Exception {
        try (TestingCloud cloud = mounted()) {
            assertOutOfMemory(cloud);
        }
    }

    @Test
    void tooMuchMemoryEndsAPlainWorkerToo() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withPlainWorkers(true))) {
            assertOutOfMemory(cloud);
        }
    }

    @Test
    void anIdleWorkerStandsStill() throws Exception {
        assertFrozen(config -> config);
    }

    @Test
    void anIdlePlainWorkerStandsStillToo() throws Exception {
        assertFrozen(config -> config.withPlainWorkers(true));
    }

    @Test
    void aPlainWorkerHasAFolderOfItsOwnThatGoesWithIt() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withPlainWorkers(true))) {
            String source = "import tempfile\ndef handler(event, context):\n    return tempfile.mkdtemp()\n";
            FunctionVersion version = python(cloud, source, 256);
            Path folder = Path.of(cloud.answer(version, "{}").replace("\"", ""));
            assertThat(folder).exists();
            cloud.engine.retire(version.arn());
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void whatAWorkerStartedEndsWithIt() throws Exception {
        try (TestingCloud cloud = mounted()) {
            String source = "import subprocess, time\ndef handler(event, context):\n"
                    + "    child = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
                    + "    print('child', child.pid)\n    time.sleep(60)\n";
            FunctionVersion version = cloud.version(
                    "python3.11",
                    "app.handler",
                    new TestingZip().file("app.py", source).code(),
                    256,
                    Duration.ofSeconds(1),
                    Map.of(),
                    -1,
                    List.of());
            cloud.failure(version, "{}");
            String line = cloud.messages().stream()
                    .filter(text -> text.startsWith("child"))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle.of(Long.parseLong(line.strip().substring(6)))
                    .ifPresent(child -> child.onExit().join());
        }
    }

    @Test
    void theWordsSayWhatIsInForce() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withPlainWorkers(true))) {
            assertThat(cloud.engine.isolation()).first().asString().contains("plain workers are configured");
            FunctionVersion version = python(cloud, "def handler(event, context): pass\n", 128);
            assertThat(cloud.engine.warnings(version))
                    .anyMatch(warning -> warning.startsWith("/tmp is the machine's own"));
        }
    }

    private static void assertOutOfMemory(TestingCloud cloud) throws Exception {
        Outcome.Failed failed = cloud.failure(python(cloud, LEAK, 128), "{}");
        assertThat(failed.payload().utf8())
                .contains("\"errorType\":\"Runtime.OutOfMemory\"", "Error: Runtime exited with error: signal: killed");
        assertThat(failed.logTail()).contains("Status: error\tError Type: Runtime.OutOfMemory");
    }

    private static void assertFrozen(UnaryOperator<EngineConfig> change) throws Exception {
        try (TestingCloud cloud = new TestingCloud(change)) {
            String source = """
                    import threading, time
                    ticks = 0
                    def tick():
                        global ticks
                        while True:
                            ticks += 1
                            time.sleep(0.001)
                    threading.Thread(target=tick, daemon=True).start()
                    def handler(event, context):
                        return ticks
                    """;
            FunctionVersion ticking = python(cloud, source, 256);
            int before = Integer.parseInt(cloud.answer(ticking, "{}"));
            // Another function's two seconds of work: the first one's worker must not count meanwhile.
            FunctionVersion slow = python(cloud, "import time\ndef handler(event, context):\n    time.sleep(2)\n", 256);
            FutureTask<Outcome> meanwhile = cloud.invokeAside(slow, "{}");
            meanwhile.get();
            assertThat(Integer.parseInt(cloud.answer(ticking, "{}")) - before).isLessThan(500);
        }
    }

    private static TestingCloud mounted() throws Exception {
        TestingCloud cloud = new TestingCloud();
        String why = cloud.engine.isolation().getFirst();
        boolean mounts = cloud.engine.isolation().getFirst().contains("mount namespace");
        if (!mounts) {
            cloud.close();
        }
        assumeTrue(mounts, "no private mounts here: " + why);
        return cloud;
    }

    private static FunctionVersion python(TestingCloud cloud, String source, int memoryMegabytes) {
        return cloud.version(
                "python3.11",
                "app.handler",
                new TestingZip().file("app.py", source).code(),
                memoryMegabytes,
                Duration.ofSeconds(30),
                Map.of(),
                -1,
                List.of());
    }
}
