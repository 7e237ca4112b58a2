package virga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Outcome;

/** A worker that is killed in the middle of its event, as a machine that fails. */
class KilledWorkerTest {
    private static final String SLOW = """
            import time
            def handler(event, context):
                if event.get('quick'):
                    return 'quick'
                print('begun ' + context.aws_request_id)
                time.sleep(60)
                return 'answered'
            """;

    @Test
    void itsEventFailsAndTheNextMeetsAColdOne() throws Exception {
        try (TestingCloud cloud = new TestingCloud()) {
            FunctionVersion version = WorkerLifeTest.python(cloud, SLOW);
            FutureTask<Outcome> killed = cloud.invokeAside(version, "{}");
            cloud.awaitLog("begun", 1);
            String requestId = cloud.messages().stream()
                    .filter(line -> line.startsWith("begun "))
                    .map(line -> line.substring("begun ".length()).strip())
                    .findFirst()
                    .orElseThrow();
            assertThat(cloud.engine.kill(requestId)).isTrue();
            assertThat(killed.get()).isInstanceOf(Outcome.Failed.class);
            assertThat(cloud.engine.kill(requestId)).isFalse();
            Outcome.Returned next = (Outcome.Returned) cloud.invoke(version, "{\"quick\":true}");
            assertThat(next.report().initNanos()).isPositive();
        }
    }

    @Test
    void whatNobodyHandlesIsNotKilled() {
        try (TestingCloud cloud = new TestingCloud()) {
            assertThat(cloud.engine.kill("nothing")).isFalse();
        }
    }
}
