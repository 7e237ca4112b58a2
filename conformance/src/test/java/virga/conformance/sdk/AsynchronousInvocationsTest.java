package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.Message;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;
import virga.conformance.sdk.Queues.Queue;

/** Source: "Invoking a Lambda function asynchronously" and the pages below it, AWS Lambda Developer Guide. */
@ExtendWith(Accounts.class)
final class AsynchronousInvocationsTest {
    /** The longest timeout that a function may have: time that is made to pass must not end an invocation. */
    private static final int LONGEST_SECONDS = 900;

    private static void onSuccess(Functions functions, String name, String destination) {
        functions
                .lambda()
                .putFunctionEventInvokeConfig(request -> request.functionName(name)
                        .destinationConfig(where -> where.onSuccess(success -> success.destination(destination))));
    }

    private static void onFailure(Functions functions, String name, int retries, String destination) {
        functions
                .lambda()
                .putFunctionEventInvokeConfig(request -> request.functionName(name)
                        .maximumRetryAttempts(retries)
                        .destinationConfig(where -> where.onFailure(failure -> failure.destination(destination))));
    }

    @Test
    void aSuccessIsToldToAQueue(Account account) {
        Functions functions = Functions.in(account, "sqs:SendMessage");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        String name = functions.create("teller", Map.of("KIND", "rain"));
        onSuccess(functions, name, told.arn());
        functions.send(name, "{\"order\":7}");
        JsonNode record = queues.json(told);
        assertThat(record.path("version").asText()).isEqualTo("1.0");
        assertThat(record.path("requestContext").path("functionArn").asText())
                .isEqualTo(functions.arn(name) + ":$LATEST");
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("Success");
        assertThat(record.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(1);
        assertThat(record.path("requestPayload").path("order").asInt()).isEqualTo(7);
        assertThat(record.path("responseContext").path("statusCode").asInt()).isEqualTo(200);
        assertThat(record.path("responseContext").path("executedVersion").asText())
                .isEqualTo("$LATEST");
        assertThat(record.path("responsePayload").path("kind").asText()).isEqualTo("rain");
    }

    @Test
    void aFailureIsToldToAFunction(Account account) {
        Functions functions = Functions.in(account, "lambda:InvokeFunction");
        String name = functions.create("failing", Map.of("KIND", "failure"));
        String listener = functions.create("listener", Map.of());
        onFailure(functions, name, 0, functions.arn(listener));
        functions.send(name, "{\"order\":8}");
        JsonNode record = Queues.json(
                functions.handled(listener, events -> !events.isEmpty()).getFirst());
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(record.path("requestPayload").path("order").asInt()).isEqualTo(8);
        assertThat(record.path("responseContext").path("functionError").asText())
                .isEqualTo("Unhandled");
        assertThat(record.path("responsePayload").path("errorMessage").asText()).isEqualTo("no water");
    }

    @Test
    void aFailureIsToldToABusAsItsResult(Account account) {
        Functions functions = Functions.in(account, "events:PutEvents");
        Queues queues = Queues.in(account);
        Buses buses = Buses.in(account);
        String bus = buses.bus("bus");
        Queue told = queues.openTo("events.amazonaws.com", "told");
        String rule = buses.rule(bus, "results", "{\"source\":[\"lambda\"]}");
        buses.target(bus, rule, target -> target.id("told").arn(told.arn()));
        String name = functions.create("failing", Map.of("KIND", "failure"));
        String busArn =
                buses.events().describeEventBus(request -> request.name(bus)).arn();
        onFailure(functions, name, 0, busArn);
        functions.send(name, "{}");
        JsonNode event = queues.json(told);
        assertThat(event.path("detail-type").asText()).isEqualTo("Lambda Function Invocation Result - Failure");
        assertThat(event.path("resources"))
                .extracting(JsonNode::asText)
                .contains(busArn, functions.arn(name) + ":$LATEST");
        assertThat(event.path("detail").path("requestContext").path("condition").asText())
                .isEqualTo("RetriesExhausted");
    }

    @Test
    void anEventIsTriedAgainTwiceAndThenBuried(Account account) {
        Functions functions = Functions.in(account, "sqs:SendMessage");
        Queues queues = Queues.in(account);
        Queue letters = queues.queue("letters");
        Queue told = queues.queue("told");
        String name = functions.create(
                "failing",
                Map.of("KIND", "failure"),
                more -> more.timeout(LONGEST_SECONDS).deadLetterConfig(where -> where.targetArn(letters.arn())));
        onFailure(functions, name, 2, told.arn());
        functions.send(name, "{\"order\":9}");
        List<String> handled = account.eventually(
                () -> {
                    account.letPass(Duration.ofSeconds(1));
                    return functions.handled(name);
                },
                events -> events.size() >= 3);
        assertThat(handled).containsOnly("{\"order\":9}");
        JsonNode record = queues.json(told);
        assertThat(record.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(3);
        Message letter = queues.take(letters, 1).getFirst();
        assertThat(letter.body()).isEqualTo("{\"order\":9}");
        assertThat(letter.messageAttributes().get("RequestID").stringValue())
                .isEqualTo(record.path("requestContext").path("requestId").asText());
        assertThat(letter.messageAttributes().get("ErrorCode").stringValue()).isEqualTo("200");
        assertThat(letter.messageAttributes().get("ErrorMessage").stringValue()).isEqualTo("no water");
    }

    @Test
    void whatAStoppedFunctionGetsIsGivenUpAtOnce(Account account) {
        Functions functions = Functions.in(account, "sqs:SendMessage");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        String name = functions.create("still", Map.of());
        functions
                .lambda()
                .putFunctionConcurrency(request -> request.functionName(name).reservedConcurrentExecutions(0));
        onFailure(functions, name, 2, told.arn());
        functions.send(name, "{\"order\":10}");
        JsonNode record = queues.json(told);
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("ZeroReservedConcurrency");
        assertThat(record.path("requestPayload").path("order").asInt()).isEqualTo(10);
        assertThat(functions.handled(name)).isEmpty();
    }

    @Test
    void aDestinationThatIsGoneDoesNotRunTheFunctionAgain(Account account) {
        Functions functions = Functions.in(account, "sqs:SendMessage");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        String name = functions.create("once", Map.of(), more -> more.timeout(LONGEST_SECONDS));
        onSuccess(functions, name, told.arn());
        queues.sqs().deleteQueue(request -> request.queueUrl(told.url()));
        functions.send(name, "{\"order\":11}");
        functions.handled(name, events -> events.contains("{\"order\":11}"));
        account.letPass(Duration.ofMinutes(1));
        functions.send(name, "{\"order\":12}");
        assertThat(functions.handled(name, events -> events.contains("{\"order\":12}")))
                .containsExactly("{\"order\":11}", "{\"order\":12}");
    }

    @Test
    void theSettingsAreKeptChangedAndRemoved(Account account) {
        Functions functions = Functions.in(account, "sqs:SendMessage");
        LambdaClient lambda = functions.lambda();
        Queue told = Queues.in(account).queue("told");
        String name = functions.create("set", Map.of());
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "The function arn:aws:lambda:",
                () -> lambda.getFunctionEventInvokeConfig(request -> request.functionName(name)));
        onFailure(functions, name, 1, told.arn());
        var put = lambda.getFunctionEventInvokeConfig(request -> request.functionName(name));
        assertThat(put.functionArn()).isEqualTo(functions.arn(name) + ":$LATEST");
        assertThat(put.maximumRetryAttempts()).isEqualTo(1);
        assertThat(put.destinationConfig().onFailure().destination()).isEqualTo(told.arn());
        var updated = lambda.updateFunctionEventInvokeConfig(
                request -> request.functionName(name).maximumEventAgeInSeconds(60));
        assertThat(updated.maximumRetryAttempts()).isEqualTo(1);
        assertThat(updated.maximumEventAgeInSeconds()).isEqualTo(60);
        assertThat(lambda.listFunctionEventInvokeConfigsPaginator(request -> request.functionName(name))
                        .functionEventInvokeConfigs())
                .singleElement()
                .satisfies(listed -> assertThat(listed.functionArn()).isEqualTo(updated.functionArn()));
        lambda.deleteFunctionEventInvokeConfig(request -> request.functionName(name));
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                404,
                "doesn't have an EventInvokeConfig",
                () -> lambda.deleteFunctionEventInvokeConfig(request -> request.functionName(name)));
    }

    @Test
    void aWeightedAliasTellsWhichVersionAnswered(Account account) {
        Functions functions = Functions.in(account);
        LambdaClient lambda = functions.lambda();
        String name = functions.create("weighted", Map.of("KIND", "old"));
        lambda.publishVersion(request -> request.functionName(name));
        lambda.updateFunctionConfiguration(
                request -> request.functionName(name).environment(set -> set.variables(Map.of("KIND", "new"))));
        lambda.waiter().waitUntilFunctionUpdatedV2(request -> request.functionName(name), account.waiting());
        lambda.publishVersion(request -> request.functionName(name));
        lambda.createAlias(request -> request.functionName(name)
                .name("live")
                .functionVersion("1")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("2", 1.0))));
        var answer = lambda.invoke(request -> request.functionName(name + ":live"));
        assertThat(answer.payload().asUtf8String()).contains("new");
        assertThat(answer.executedVersion()).isEqualTo("2");
    }
}
