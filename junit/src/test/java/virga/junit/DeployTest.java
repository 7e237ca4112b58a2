package virga.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.services.sqs.SqsClient;

@VirgaTest
@EnabledIf(value = "virga.junit.OnThisMachine#hasNode", disabledReason = "node is not installed")
@Deploy("src/test/resources/shop/node.yaml")
final class DeployTest {
    private static void send(SqsClient sqs, DeployedStack stack, String body) {
        sqs.sendMessage(message -> message.queueUrl(stack.output("QueueUrl")).messageBody(body));
    }

    /** Every one has a fork of the same deployment; what one sends, the others do not see. */
    @RepeatedTest(3)
    void aFunctionHandlesWhatIsSent(SqsClient sqs, DeployedStack stack, VirgaEnvironment environment) {
        send(sqs, stack, "parcel");
        environment.settle();
        assertThat(environment.lastTrace().functions()).containsExactly(stack.resource("Worker"));
        assertThat(environment.lastTrace().toString()).contains("working on parcel");
        assertThat(environment.records()).noneMatch(record -> record.operation().equals("CreateChangeSet"));
    }

    @Test
    void aMessageThatFailedComesAgainWhenItsTimeoutHasPassed(
            SqsClient sqs, DeployedStack stack, VirgaEnvironment environment) {
        send(sqs, stack, "poison");
        environment.settle();
        assertThat(environment.invocations(stack.resource("Worker"))).hasSize(1);
        environment.clock().advance(Duration.ofMinutes(1));
        environment.settle();
        assertThat(environment.invocations(stack.resource("Worker")))
                .hasSize(2)
                .allMatch(invocation -> invocation.failed());
    }

    @RepeatedTest(2)
    void anApiIsReachedInTheTestsOwnEnvironment(DeployedStack stack, VirgaEnvironment environment)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest get = HttpRequest.newBuilder(URI.create(stack.url("ApiUrl") + "/greeting"))
                    .build();
            assertThat(http.send(get, BodyHandlers.ofString()).body()).isEqualTo("hello");
        }
        assertThat(environment.lastTrace().functions()).hasSize(1);
    }

    @Test
    @Deploy(value = "src/test/resources/shop/node.yaml", stack = "other", parameters = "Greeting=salut")
    void severalStacksHaveParametersOfTheirOwn(VirgaEnvironment environment) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String address = environment.stack("other").url("ApiUrl") + "/greeting";
            HttpRequest get = HttpRequest.newBuilder(URI.create(address)).build();
            assertThat(http.send(get, BodyHandlers.ofString()).body()).isEqualTo("salut");
        }
        assertThat(environment.stack("app").outputs()).containsKey("QueueUrl");
    }

    @Test
    void whatAStackDoesNotHaveIsNamed(DeployedStack stack) {
        assertThatThrownBy(() -> stack.output("Nothing")).hasMessageContaining("ApiUrl");
        assertThatThrownBy(() -> stack.resource("Nothing")).hasMessageContaining("WorkQueue");
    }

    @Test
    void aFunctionThatWasNeverInvokedProvesNothing(VirgaEnvironment environment) {
        assertThatThrownBy(() -> environment.assertThatFunction("Worker").isIdempotent())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("handled no event");
    }
}
