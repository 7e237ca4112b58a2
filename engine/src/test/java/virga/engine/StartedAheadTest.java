package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.FunctionVersion.Code;
import virga.kernel.function.Outcome;

/** Workers that waited for their function are as those that were started for it. */
class StartedAheadTest {
    private static final Map<String, String> SOURCES = Map.of(
            "nodejs20.x",
            "const fs = require('fs'); exports.handler = async () => ({ env: process.env, cwd: process.cwd(), tmp: fs.readdirSync('/tmp'),"
                    + " task: fs.readdirSync('/var/task'), opt: fs.readdirSync('/opt') });",
            "python3.11",
            "import os\ndef handler(event, context):\n    return {'env': dict(os.environ), 'cwd': os.getcwd(),"
                    + " 'tmp': os.listdir('/tmp'), 'task': os.listdir('/var/task'), 'opt': os.listdir('/opt')}\n");

    @ParameterizedTest
    @ValueSource(strings = {"nodejs20.x", "python3.11"})
    void theFunctionSeesTheSameEnvironmentAndFiles(String runtime) throws Exception {
        Code code = code(runtime);
        Map<String, String> fresh;
        try (TestingCloud cloud = new TestingCloud()) {
            fresh = shape(cloud.answer(version(cloud, runtime, code, Map.of("TABLE", "orders")), "{}"));
        }
        try (TestingCloud cloud = ahead()) {
            FunctionVersion version = version(cloud, runtime, code, Map.of("TABLE", "orders"));
            awaitWaiting(cloud, version);
            Outcome.Returned outcome = (Outcome.Returned) cloud.invoke(version, "{}");
            assertThat(outcome.report().initNanos()).isPositive();
            assertThat(cloud.engine.waitingWorkers())
                    .as("the waiting one was taken")
                    .isLessThanOrEqualTo(1);
            assertThat(shape(outcome.payload().utf8())).isEqualTo(fresh);
        }
    }

    @Test
    void variablesThatAnInterpreterReadsAtItsStartGetAFreshProcess() throws Exception {
        try (TestingCloud cloud = ahead()) {
            Code code = new TestingZip()
                    .file("index.js", "exports.handler = async () => process.execArgv.length;")
                    .code();
            FunctionVersion version = version(cloud, "nodejs20.x", code, Map.of("NODE_OPTIONS", "--no-warnings"));
            cloud.answer(version, "{}");
            assertThat(cloud.engine.waitingWorkers()).isZero();
        }
    }

    private static TestingCloud ahead() throws Exception {
        TestingCloud cloud = new TestingCloud(config -> config.withStartAhead(1));
        boolean mounts = cloud.engine.isolation().getFirst().contains("mount namespace");
        if (!mounts) {
            cloud.close();
        }
        assumeTrue(mounts, "workers are started ahead only with private mounts");
        return cloud;
    }

    /** A cold start of another version of the same kind leaves a process waiting. */
    private static void awaitWaiting(TestingCloud cloud, FunctionVersion version) throws InterruptedException {
        Code other = new TestingZip()
                .file("index.js", "exports.handler = async () => 1;")
                .file("app.py", "def handler(event, context):\n    return 1\n")
                .code();
        cloud.answer(version(cloud, version.runtime(), other, Map.of()), "{}");
        cloud.awaitWaiting(1);
    }

    private static Code code(String runtime) {
        return new TestingZip()
                .file(runtime.startsWith("node") ? "index.js" : "app.py", SOURCES.get(runtime))
                .code();
    }

    private static FunctionVersion version(
            TestingCloud cloud, String runtime, Code code, Map<String, String> environment) {
        String handler = runtime.startsWith("node") ? "index.handler" : "app.handler";
        Code layer = new TestingZip().file("shared/data", "x").code();
        return cloud.version(runtime, handler, code, 256, Duration.ofSeconds(9), environment, -1, List.of(layer));
    }

    /** The answer with what differs from worker to worker taken out. */
    private static Map<String, String> shape(String answer) throws Exception {
        Map<String, String> shape = new TreeMap<>();
        var tree = new com.fasterxml.jackson.databind.ObjectMapper().readTree(answer);
        tree.properties().forEach(part -> {
            if (part.getKey().equals("env")) {
                part.getValue()
                        .properties()
                        .forEach(each -> shape.put(
                                "env " + each.getKey(), each.getValue().asText()));
            } else {
                shape.put(part.getKey(), part.getValue().toString());
            }
        });
        for (String name : List.of(
                "AWS_ACCESS_KEY_ID", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API", "_X_AMZN_TRACE_ID")) {
            assertThat(shape.put("env " + name, "")).as(name).isNotEmpty();
        }
        return shape;
    }
}
