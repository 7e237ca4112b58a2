package virga.reviewer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.StreamSpecification;
import virga.model.lambda.CreateEventSourceMappingRequest;
import virga.model.lambda.Lambda;
import virga.model.sqs.SendMessageRequest;
import virga.model.sqs.Sqs;

/** What {@link virga.cloud.spine.LiveEnvironment#moving} promises: where nothing moves, all that was to happen has happened. */
class RestTest {
    private static final int ROUNDS = 8;

    @Test
    void whereNothingMovesEveryStageHasRun() throws InterruptedException {
        AtomicInteger last = new AtomicInteger();
        try (TestingSystem system = new TestingSystem()) {
            String stream = tableWithStream(system);
            system.consumer("first", (calls, event) -> {
                calls.put("streamed", calls.uuid());
                return "{}";
            });
            system.function("second", (calls, event) -> {
                last.incrementAndGet();
                return "{}";
            });
            streamMapping(system, stream);
            rest(system); // Until then it is not settled what its latest record is.
            for (int round = 1; round <= ROUNDS; round++) {
                send(system);
                rest(system);
                assertThat(last).hasValue(round);
            }
        }
    }

    @Test
    void whatIsTriedAgainLaterWaitsForTime() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        try (TestingSystem system = new TestingSystem()) {
            system.consumer("failing", (calls, event) -> {
                tries.incrementAndGet();
                throw new IllegalStateException("on purpose");
            });
            send(system);
            rest(system);
            assertThat(tries).hasValue(1);
            system.environment().ports().clock().advance(Duration.ofSeconds(30));
            rest(system);
            assertThat(tries).hasValue(2);
        }
    }

    @Test
    void aBatchThatIsGatheredWaitsForTime() throws InterruptedException {
        AtomicInteger batches = new AtomicInteger();
        try (TestingSystem system = new TestingSystem()) {
            system.function("gathering", (calls, event) -> {
                batches.incrementAndGet();
                return "{}";
            });
            queueMapping(system, "gathering", 20);
            system.environment().ports().clock().freeze();
            send(system);
            rest(system);
            assertThat(batches).hasValue(0);
            system.environment().ports().clock().advance(Duration.ofSeconds(20));
            rest(system);
            assertThat(batches).hasValue(1);
        }
    }

    private static void streamMapping(TestingSystem system, String stream) {
        system.call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .functionName("second")
                        .eventSourceArn(stream)
                        .startingPosition("LATEST")
                        .build());
    }

    private static void queueMapping(TestingSystem system, String function, int window) {
        system.call(
                Lambda.CREATE_EVENT_SOURCE_MAPPING,
                CreateEventSourceMappingRequest.builder()
                        .functionName(function)
                        .eventSourceArn("arn:aws:sqs:us-east-1:000000000000:out")
                        .maximumBatchingWindowInSeconds(window)
                        .build());
    }

    private static String tableWithStream(TestingSystem system) {
        return system.call(
                        DynamoDb.CREATE_TABLE,
                        CreateTableInput.builder()
                                .tableName("streamed")
                                .billingMode("PAY_PER_REQUEST")
                                .attributeDefinitions(List.of(AttributeDefinition.builder()
                                        .attributeName("id")
                                        .attributeType("S")
                                        .build()))
                                .keySchema(List.of(KeySchemaElement.builder()
                                        .attributeName("id")
                                        .keyType("HASH")
                                        .build()))
                                .streamSpecification(StreamSpecification.builder()
                                        .streamEnabled(true)
                                        .streamViewType("KEYS_ONLY")
                                        .build())
                                .build())
                .tableDescription()
                .orElseThrow()
                .latestStreamArn()
                .orElseThrow();
    }

    private static void send(TestingSystem system) {
        system.call(
                Sqs.SEND_MESSAGE,
                SendMessageRequest.builder()
                        .queueUrl(TestingSystem.ENDPOINT + "/000000000000/out")
                        .messageBody("{}")
                        .build());
    }

    private static void rest(TestingSystem system) {
        while (!system.environment().settled()) {
            Thread.onSpinWait();
        }
    }
}
