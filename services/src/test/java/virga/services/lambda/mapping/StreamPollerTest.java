package virga.services.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Bytes;
import virga.kernel.Principal;
import virga.kernel.function.FunctionVersion;
import virga.kernel.function.Invocation;
import virga.kernel.function.Outcome;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.StreamSpecification;
import virga.model.lambda.CreateFunctionRequest;
import virga.model.lambda.FunctionCode;
import virga.model.lambda.Lambda;
import virga.services.dynamodb.DynamoDbLimits;
import virga.services.dynamodb.DynamoDbService;
import virga.services.dynamodb.DynamoDbStreamsService;
import virga.services.lambda.Invoker;
import virga.services.lambda.LambdaLimits;
import virga.services.lambda.LambdaService;
import virga.services.lambda.TestingEngine;

final class StreamPollerTest {
    private static final int MANY = 2_000;

    private final SlowToEnd engine = new SlowToEnd();
    private final TestingCloud cloud = new TestingCloud(
            new DynamoDbService(DynamoDbLimits.AWS),
            new DynamoDbStreamsService(DynamoDbLimits.AWS),
            new LambdaService(engine, "http://127.0.0.1:4566", LambdaLimits.AWS));

    @AfterEach
    void close() {
        cloud.close();
    }

    /** Its invocations wait to be interrupted, and take a while to end. */
    private static final class SlowToEnd extends TestingEngine {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public Outcome invoke(FunctionVersion version, Invocation invocation) throws InterruptedException {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts it down");
            } finally {
                for (int i = 0; i < MANY; i++) {
                    Thread.yield();
                }
                ended.set(true);
            }
        }
    }

    private String table() {
        cloud.call(
                DynamoDb.CREATE_TABLE,
                CreateTableInput.builder()
                        .tableName("orders")
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
                        .build());
        cloud.call(
                DynamoDb.PUT_ITEM,
                PutItemInput.builder()
                        .tableName("orders")
                        .item(Map.of("id", AttributeValue.builder().s("1").build()))
                        .build());
        return cloud.call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName("orders").build())
                .table()
                .orElseThrow()
                .latestStreamArn()
                .orElseThrow();
    }

    private String function() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
        }
        return cloud.call(
                        Lambda.CREATE_FUNCTION,
                        CreateFunctionRequest.builder()
                                .functionName("reader")
                                .runtime("provided.al2023")
                                .handler("bootstrap")
                                .role("arn:aws:iam::000000000000:role/reader")
                                .code(FunctionCode.builder()
                                        .zipFile(Bytes.wrap(bytes.toByteArray()))
                                        .build())
                                .build())
                .functionArn()
                .orElseThrow();
    }

    @Test
    void hasEndedOnlyOnceItsReadersHave() throws Exception {
        Mapping mapping = new Mapping(
                "mapping",
                cloud.scope(),
                function(),
                new Mapping.Source(table(), "TRIM_HORIZON"),
                new Mapping.Batching(10, 0, 1, 0, false),
                new Mapping.Retrying(-1, -1, false, ""),
                List.of(),
                true,
                Instant.EPOCH,
                Map.of());
        StreamPoller poller = new StreamPoller(
                cloud.environment(),
                mapping,
                new Principal.Root(cloud.scope().account()),
                new StreamBatch(new Invoker(engine)));
        AtomicBoolean endedBefore = new AtomicBoolean();
        Thread thread = cloud.environment().ports().threads().start("poller", () -> {
            try {
                poller.run(() -> false);
            } catch (InterruptedException expected) {
                endedBefore.set(engine.ended.get());
            }
        });
        engine.begun.await();
        thread.interrupt();
        thread.join();
        assertThat(endedBefore).isTrue();
    }
}
