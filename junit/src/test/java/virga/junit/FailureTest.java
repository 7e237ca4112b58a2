package virga.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What people read when a test fails, or when what it asks for cannot be had. */
final class FailureTest {
    /** Run by the tests below only: nested, so that no build takes it for a test of its own. */
    @VirgaTest
    static final class Failing {
        @Test
        void fails(SqsClient sqs) {
            sqs.createQueue(queue -> queue.queueName("told-of"));
            throw new AssertionError("as it should");
        }

        @Test
        void isSkipped(SqsClient sqs) {
            Assumptions.abort("not today");
        }

        @Test
        void asksForWhatIsNoClient(S3ClientBuilder builder) {}

        @Test
        void asksForAStackThatNobodyDeployed(DeployedStack stack) {}

        @Test
        @Deploy("src/test/resources/shop/nowhere.yaml")
        void deploysWhatIsNotThere() {}

        @Test
        @Deploy(value = "src/test/resources/shop/node.yaml", parameters = "Greeting")
        void givesAParameterWithoutAValue() {}
    }

    @VirgaTest
    static final class AskingTooEarly {
        @BeforeAll
        static void before(SqsClient sqs) {}

        @Test
        void test() {}
    }

    private static Throwable failure(DiscoverySelector selector) {
        List<Event> finished = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selector)
                .execute()
                .allEvents()
                .finished()
                .list();
        return finished.stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();
    }

    private static Throwable failureOf(String method, Class<?>... parameters) {
        return failure(selectMethod(Failing.class, method, parameters));
    }

    @Test
    void aFailureTellsWhatHappenedInTheEnvironment() {
        Throwable failure = failureOf("fails", SqsClient.class);
        assertThat(failure).hasMessage("as it should");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0])
                .isInstanceOf(Story.class)
                .hasMessageContaining("environment fails-")
                .hasMessageContaining("CreateQueue")
                .hasMessageContaining("told-of");
    }

    @Test
    void aSkippedTestHasNoStory() {
        assertThat(failureOf("isSkipped", SqsClient.class).getSuppressed()).isEmpty();
    }

    @Test
    void whatIsNoClientIsRefusedWithAWayOut() {
        assertThat(failureOf("asksForWhatIsNoClient", S3ClientBuilder.class))
                .hasMessageContaining("VirgaEnvironment.configure");
    }

    @Test
    void aStackThatNobodyDeployedIsRefused() {
        assertThat(failureOf("asksForAStackThatNobodyDeployed", DeployedStack.class))
                .hasMessageContaining("say @Deploy");
    }

    @Test
    void aTemplateThatIsNotThereIsNamed() {
        assertThat(failureOf("deploysWhatIsNotThere")).hasMessageContaining("shop/nowhere.yaml");
    }

    @Test
    void aParameterWithoutAValueIsRefused() {
        assertThat(failureOf("givesAParameterWithoutAValue")).hasMessageContaining("Name=value");
    }

    @Test
    void outsideOfATestThereIsNoEnvironmentUnlessItIsShared() {
        assertThat(failure(selectClass(AskingTooEarly.class))).hasMessageContaining("@SharedEnvironment");
    }
}
