package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import virga.kernel.Cause;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** Workers from cold start to end: reuse, time, concurrency, identity, log and record. */
class WorkerLifeTest {
    private static final String COUNTING =
            "n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n";

    @Test
    void aWorkerIsReusedForTheNextEventAndOnlyTheFirstStartIsCold() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING);
            Outcome.Returned cold = (Outcome.Returned) cloud.invoke(version, "{}");
            Outcome.Returned warm = (Outcome.Returned) cloud.invoke(version, "{}");
            assertThat(warm.payload().utf8()).isEqualTo("2");
            assertThat(cold.report().initNanos()).isPositive();
            assertThat(cold.report().coldStart().processNanos()).isPositive();
            assertThat(cold.report().coldStart().handlerNanos()).isPositive();
            assertThat(cold.report().billedMillis())
                    .isGreaterThanOrEqualTo(
                            (cold.report().initNanos() + cold.report().durationNanos()) / 1_000_000);
            assertThat(warm.report().initNanos()).isZero();
            assertThat(warm.report().coldStart()).isEqualTo(Outcome.ColdStart.NONE);
        }
    }

    @Test
    void aWorkerOfAnotherVersionIsNotReused() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            cloud.answer(python(cloud, COUNTING), "{}");
            assertThat(cloud.answer(python(cloud, COUNTING + "# changed\n"), "{}"))
                    .isEqualTo("1");
        }
    }

    @Test
    void anIdleWorkerEndsAfterTheIdleTimeOfItsEnvironmentsClock() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING);
            cloud.answer(version, "{}");
            assertThat(cloud.engine.idleWorkers(version.arn())).isOne();
            cloud.ports.clock().advance(Duration.ofMinutes(6));
            assertThat(cloud.answer(version, "{}")).isEqualTo("1");
        }
    }

    @Test
    void aTaskThatTakesTooLongIsKilledWithLambdasWords() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "import time\ndef handler(event, context):\n    print('begun')\n    time.sleep(60)\n";
            FunctionVersion version = python(cloud, source, 256, Duration.ofSeconds(1), Map.of(), -1);
            Outcome.Failed failed = cloud.failure(version, "{}");
            String requestId = cloud.records.getFirst().id();
            assertThat(failed.payload().utf8())
                    .isEqualTo("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: " + requestId
                            + " Error: Task timed out after 1.00 seconds\"}");
            assertThat(failed.report().durationNanos()).isEqualTo(1_000_000_000L);
            assertThat(failed.logTail())
                    .containsSubsequence(
                            "START RequestId: " + requestId,
                            "begun\n",
                            "Z " + requestId + " Task timed out after 1.00 seconds\n",
                            "END RequestId: " + requestId,
                            "Status: timeout");
            assertThat(cloud.engine.idleWorkers(version.arn())).isZero();
        }
    }

    @Test
    void aSlowInitialisationIsTriedAgainWithinTheEventsTime() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "import time\ntime.sleep(60)\n" + COUNTING;
            FunctionVersion version = python(cloud, source, 256, Duration.ofSeconds(1), Map.of(), -1);
            FutureTask<Outcome> outcome = cloud.invokeAside(version, "{}");
            cloud.awaitLog("INIT_START", 1);
            cloud.ports.clock().advance(Duration.ofSeconds(10));
            assertThat(cloud.describe(outcome.get())).contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
            assertThat(cloud.messages())
                    .filteredOn(line -> line.startsWith("INIT_REPORT"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("Phase: init\tStatus: timeout"),
                            line -> assertThat(line).contains("Phase: invoke\tStatus: timeout"));
        }
    }

    @Test
    void reservedConcurrencyThrottlesWithLambdasReason() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING, 256, Duration.ofSeconds(9), Map.of(), 0);
            assertThat(cloud.invoke(version, "{}"))
                    .isEqualTo(new Outcome.Throttled("ReservedFunctionConcurrentInvocationLimitExceeded"));
            assertThat(cloud.counted).containsExactly("lambda:Invocation:Throttled");
            assertThat(cloud.records).isEmpty();
        }
    }

    @Test
    void eventsAtOnceGetWorkersOfTheirOwnUpToTheAccountsLimit() throws Exception {
        try (TestingCloud cloud = new TestingCloud(config -> config.withAccountConcurrency(2))) {
            String source = "import time\ndef handler(event, context):\n    print('in')\n    time.sleep(60)\n";
            FunctionVersion version = python(cloud, source, 256, Duration.ofSeconds(50), Map.of(), -1);
            FutureTask<Outcome> one = cloud.invokeAside(version, "{}");
            FutureTask<Outcome> other = cloud.invokeAside(version, "{}");
            cloud.awaitLog("in", 2);
            assertThat(cloud.invoke(version, "{}"))
                    .isEqualTo(new Outcome.Throttled("ConcurrentInvocationLimitExceeded"));
            cloud.engine.retireEnvironment("default");
            assertThat(cloud.describe(one.get())).contains("Runtime exited with error: signal: killed");
            assertThat(cloud.describe(other.get())).contains("Runtime exited with error: signal: killed");
            assertThat(cloud.records)
                    .hasSize(2)
                    .allMatch(record -> record.outcome().equals("Runtime.ExitError"));
        }
    }

    @Test
    void theEnvironmentIsLambdasAndNothingOfTheMachinesLeaksIn() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            String source = "import os\ndef handler(event, context):\n    return dict(os.environ)\n";
            FunctionVersion version = python(cloud, source, 256, Duration.ofSeconds(9), Map.of("TABLE", "orders"), -1);
            String answer = cloud.answer(version, "{}");
            assertThat(answer)
                    .contains(
                            "\"TABLE\": \"orders\"",
                            "\"_HANDLER\": \"app.handler\"",
                            "\"AWS_REGION\": \"eu-central-1\"",
                            "\"AWS_DEFAULT_REGION\": \"eu-central-1\"",
                            "\"AWS_LAMBDA_FUNCTION_NAME\": \"shop\"",
                            "\"AWS_LAMBDA_FUNCTION_VERSION\": \"$LATEST\"",
                            "\"AWS_LAMBDA_FUNCTION_MEMORY_SIZE\": \"256\"",
                            "\"AWS_LAMBDA_INITIALIZATION_TYPE\": \"on-demand\"",
                            "\"AWS_LAMBDA_LOG_GROUP_NAME\": \"/aws/lambda/shop\"",
                            "\"AWS_EXECUTION_ENV\": \"AWS_Lambda_python3.11\"",
                            "\"AWS_ACCESS_KEY_ID\": \"ASIATEST1\"",
                            "\"AWS_SESSION_TOKEN\": \"token\"",
                            "\"AWS_ENDPOINT_URL\": \"http://127.0.0.1:4566\"",
                            "\"TZ\": \":UTC\"",
                            "\"_X_AMZN_TRACE_ID\": \"Root=" + TestingCloud.TRACE)
                    .doesNotContain("\"HOME\"", "\"JAVA_HOME\"", "\"MAVEN", "\"USER\"", "VIRGA");
        }
    }

    @Test
    void callsOfAWorkerAreAttributedToTheInvocationThatMakesThem() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING);
            cloud.engine.invoke(version, cloud.invocation(version, "{}", "first"));
            assertThat(cloud.attributed)
                    .containsEntry("ASIATEST1", new Cause(TestingCloud.TRACE, "first", "invocation"));
            cloud.engine.invoke(version, cloud.invocation(version, "{}", "second"));
            assertThat(cloud.attributed)
                    .containsEntry("ASIATEST1", new Cause(TestingCloud.TRACE, "second", "invocation"));
            cloud.engine.retire(version.arn());
            assertThat(cloud.revoked).containsExactly("ASIATEST1");
        }
    }

    @Test
    void theLogHasLambdasLinesInOneStreamAndTheTailIsTheEventsOwn() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING);
            cloud.engine.invoke(version, cloud.invocation(version, "{}", "first"));
            Outcome.Returned second =
                    (Outcome.Returned) cloud.engine.invoke(version, cloud.invocation(version, "{}", "second"));
            assertThat(cloud.log).extracting(TestingCloud.LogEvent::stream).containsOnly(cloud.log.getFirst().stream());
            assertThat(cloud.log.getFirst().stream()).matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
            assertThat(second.logTail())
                    .startsWith("START RequestId: second Version: $LATEST\nEND RequestId: second\nREPORT ");
            assertThat(cloud.messages().get(3))
                    .matches(
                            "(?s)REPORT RequestId: first\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB"
                                    + "\tMax Memory Used: \\d+ MB\tInit Duration: \\d+\\.\\d\\d ms\t\n"
                                    + "XRAY TraceId: 1-6923a1b2-0123456789abcdef01234567\tSegmentId: [0-9a-f]{16}\tSampled: true\t\n");
        }
    }

    @Test
    void theRecordOfAnInvocationTellsItsWholeStory() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = python(cloud, COUNTING);
            cloud.engine.invoke(version, cloud.invocation(version, "{\"a\":1}", "first"));
            assertThat(cloud.records).singleElement().satisfies(record -> {
                assertThat(record.id()).isEqualTo("first");
                assertThat(record.service() + ":" + record.operation()).isEqualTo("lambda:Invocation");
                assertThat(record.resources()).containsExactly(version.arn());
                assertThat(record.principal()).isEqualTo("arn:aws:sts::000000000000:assumed-role/shop-role/shop");
                assertThat(record.input().utf8()).isEqualTo("{\"a\":1}");
                assertThat(record.output().utf8()).isEqualTo("1");
                assertThat(record.sequence()).isEqualTo(42);
                assertThat(record.details())
                        .containsEntry("coldStart", "true")
                        .containsEntry("memoryMegabytes", "256")
                        .containsKeys(
                                "initNanos",
                                "unpackNanos",
                                "processNanos",
                                "handlerNanos",
                                "billedMillis",
                                "logStream");
                assertThat(Integer.parseInt(record.details().get("maxMemoryMegabytes")))
                        .isBetween(5, 200);
            });
        }
    }

    static FunctionVersion python(TestingCloud cloud, String source) {
        return python(cloud, source, 256, Duration.ofSeconds(20), Map.of(), -1);
    }

    private static FunctionVersion python(
            TestingCloud cloud,
            String source,
            int memory,
            Duration timeout,
            Map<String, String> environment,
            int reserved) {
        return cloud.version(
                "python3.11",
                "app.handler",
                new TestingZip().file("app.py", source).code(),
                memory,
                timeout,
                environment,
                reserved,
                List.of());
    }
}
