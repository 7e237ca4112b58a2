package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.definition;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.key;
import static virga.services.dynamodb.TestingTables.simple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.kernel.Fault;
import virga.model.dynamodb.BatchGetItemInput;
import virga.model.dynamodb.BatchGetItemOutput;
import virga.model.dynamodb.BatchWriteItemInput;
import virga.model.dynamodb.BatchWriteItemOutput;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.Delete;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.Get;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.KeysAndAttributes;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.ProvisionedThroughput;
import virga.model.dynamodb.ProvisionedThroughputExceededException;
import virga.model.dynamodb.Put;
import virga.model.dynamodb.PutRequest;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.ScanInput;
import virga.model.dynamodb.TransactGetItem;
import virga.model.dynamodb.TransactGetItemsInput;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.TransactionCanceledException;
import virga.model.dynamodb.UpdateTableInput;
import virga.model.dynamodb.WriteRequest;

/**
 * Items are large, so that what a few real seconds refill (the clock runs on) is far less than what one of them takes.
 */
final class ProvisionedCapacityTest {
    private static final String OF_TABLE = "The level of configured provisioned throughput for the table was exceeded."
            + " Consider increasing your provisioning level with the UpdateTable API.";
    private static final String OF_INDEX = "The level of configured provisioned throughput for one or more global"
            + " secondary indexes of the table was exceeded. Consider increasing your provisioning level for the"
            + " under-provisioned global secondary indexes with the UpdateTable API.";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final TestingTables tables = new TestingTables(DynamoDbLimits.AWS);

    @AfterEach
    void close() {
        tables.close();
    }

    private static ProvisionedThroughput units(long read, long write) {
        return ProvisionedThroughput.builder()
                .readCapacityUnits(read)
                .writeCapacityUnits(write)
                .build();
    }

    private static CreateTableInput.Builder provisioned(long read, long write) {
        return simple("orders").billingMode("PROVISIONED").provisionedThroughput(units(read, write));
    }

    /** An item a little smaller than {@code kilobytes}. */
    private static String large(String id, int kilobytes) {
        return "{\"id\":{\"S\":\"" + id + "\"},\"kind\":{\"S\":\"book\"},\"text\":{\"S\":\""
                + "x".repeat(kilobytes * 1024 - 50) + "\"}}";
    }

    private static String id(String id) {
        return "{\"id\":{\"S\":\"" + id + "\"}}";
    }

    private void put(String id, int kilobytes) {
        tables.put("orders", large(id, kilobytes));
    }

    private void throttled(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessage(message);
    }

    private void indexed(ProvisionedThroughput ofIndex) {
        tables.create(provisioned(1000, 1000)
                .attributeDefinitions(List.of(definition("id", "S"), definition("kind", "S")))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndex.builder()
                        .indexName("by-kind")
                        .keySchema(List.of(key("kind", "HASH")))
                        .projection(Projection.builder().projectionType("ALL").build())
                        .provisionedThroughput(ofIndex)
                        .build())));
    }

    /** Leaves 6 of the 300 units that are kept of one read unit a second. The table has an item of 390 KB. */
    private void readNearlyAll() {
        for (int time = 0; time < 3; time++) {
            tables.get("orders", id("1"));
        }
    }

    @Test
    void aNewTableOfOneUnitTakesWhatFiveMinutesWouldHaveBrought() {
        tables.create(provisioned(1, 1));

        for (int item = 0; item < 100; item++) {
            put("small-" + item, 1);
            tables.get("orders", id("small-" + item));
        }
        put("1", 200);

        throttled(() -> put("2", 200), OF_TABLE);
    }

    @Test
    void anItemForWhichFiveMinutesAreNotEnoughIsWrittenAndOwed() {
        tables.create(provisioned(1, 1));

        put("1", 390);

        throttled(() -> put("2", 10), OF_TABLE);
        tables.cloud.advance(Duration.ofSeconds(120));
        put("2", 10);
    }

    @Test
    void aWriteBeyondTheCapacityIsThrottledAndWritesNothing() {
        tables.create(provisioned(1000, 1));
        put("0", 200);

        throttled(() -> put("1", 200), OF_TABLE);

        assertThat(tables.get("orders", id("1"))).isEqualTo("{}");
    }

    @Test
    void whatIsUnusedIsKeptForFiveMinutesAndNotLonger() {
        tables.create(provisioned(1, 1));
        tables.cloud.advance(FIVE_MINUTES.multipliedBy(10));

        put("1", 200);

        throttled(() -> put("2", 200), OF_TABLE);
    }

    @Test
    void timeRefillsWhatWasUsed() {
        tables.create(provisioned(1, 1));
        tables.cloud.advance(FIVE_MINUTES);
        put("1", 280);
        throttled(() -> put("2", 100), OF_TABLE);

        tables.cloud.advance(Duration.ofSeconds(90));

        put("2", 100);
    }

    @Test
    void aTableOnDemandIsNotThrottled() {
        tables.create(simple("orders"));

        put("1", 390);
        put("2", 390);

        assertThat(tables.get("orders", id("2"))).isNotEqualTo("{}");
    }

    @Test
    void everyKindOfReadIsThrottled() {
        tables.create(provisioned(1, 1000));
        put("1", 390);
        readNearlyAll();

        throttled(() -> tables.get("orders", id("1")), OF_TABLE);
        throttled(
                () -> tables.call(
                        DynamoDb.SCAN, ScanInput.builder().tableName("orders").build()),
                OF_TABLE);
        throttled(
                () -> tables.call(
                        DynamoDb.QUERY,
                        QueryInput.builder()
                                .tableName("orders")
                                .keyConditionExpression("id = :id")
                                .expressionAttributeValues(item("{\":id\":{\"S\":\"1\"}}"))
                                .build()),
                OF_TABLE);
    }

    @Test
    void aConsistentReadTakesTwiceWhatAnEventuallyConsistentOneTakes() {
        tables.create(provisioned(1, 1000));
        put("1", 390);
        readNearlyAll();
        tables.cloud.advance(Duration.ofSeconds(65));

        throttled(() -> tables.get("orders", id("1")), OF_TABLE);
        tables.call(
                DynamoDb.GET_ITEM,
                GetItemInput.builder().tableName("orders").key(item(id("1"))).build());
    }

    @Test
    void anIndexThatIsShortOfWritesThrottlesItsTable() {
        indexed(units(1000, 1));
        put("0", 200);

        throttled(() -> put("1", 200), OF_INDEX);

        tables.put("orders", "{\"id\":{\"S\":\"2\"},\"text\":{\"S\":\"" + "x".repeat(200 * 1024) + "\"}}");
    }

    @Test
    void anIndexIsReadFromItsOwnCapacity() {
        indexed(units(1, 1000));
        put("1", 390);
        QueryInput query = QueryInput.builder()
                .tableName("orders")
                .indexName("by-kind")
                .keyConditionExpression("kind = :k")
                .expressionAttributeValues(item("{\":k\":{\"S\":\"book\"}}"))
                .build();

        for (int time = 0; time < 6; time++) {
            tables.call(DynamoDb.QUERY, query);
        }

        throttled(() -> tables.call(DynamoDb.QUERY, query), OF_INDEX);

        assertThat(tables.get("orders", id("1"))).isNotEqualTo("{}");
    }

    private BatchWriteItemOutput writeBatch(String... ids) {
        List<WriteRequest> requests = java.util.Arrays.stream(ids)
                .map(id -> WriteRequest.builder()
                        .putRequest(
                                PutRequest.builder().item(item(large(id, 200))).build())
                        .build())
                .toList();
        return tables.call(
                DynamoDb.BATCH_WRITE_ITEM,
                BatchWriteItemInput.builder()
                        .requestItems(Map.of("orders", requests))
                        .build());
    }

    @Test
    void aBatchLeavesUnprocessedTheWritesThatExceedTheCapacity() {
        tables.create(provisioned(1000, 1));
        tables.cloud.advance(FIVE_MINUTES);

        BatchWriteItemOutput output = writeBatch("1", "2");

        assertThat(output.unprocessedItems().get("orders"))
                .singleElement()
                .satisfies(left ->
                        assertThat(left.putRequest().orElseThrow().item()).isEqualTo(item(large("2", 200))));
        assertThat(tables.get("orders", id("1"))).isNotEqualTo("{}");
        assertThat(tables.get("orders", id("2"))).isEqualTo("{}");
    }

    @Test
    void aBatchOfWhichNothingCanBeDoneIsThrottled() {
        tables.create(provisioned(1, 1));
        put("0", 200);

        throttled(() -> writeBatch("1", "2"), OF_TABLE);
    }

    @Test
    void aBatchLeavesUnprocessedTheKeysThatExceedTheCapacity() {
        tables.create(provisioned(1, 1000));
        put("1", 390);
        put("2", 390);
        readNearlyAll();
        BatchGetItemInput input = BatchGetItemInput.builder()
                .requestItems(Map.of(
                        "orders",
                        KeysAndAttributes.builder()
                                .keys(List.of(item(id("1")), item(id("2"))))
                                .consistentRead(true)
                                .build()))
                .build();
        throttled(() -> tables.call(DynamoDb.BATCH_GET_ITEM, input), OF_TABLE);
        tables.cloud.advance(Duration.ofSeconds(120));

        BatchGetItemOutput output = tables.call(DynamoDb.BATCH_GET_ITEM, input);

        assertThat(output.responses().get("orders")).hasSize(1);
        assertThat(output.unprocessedKeys().get("orders").keys()).containsExactly(item(id("2")));
    }

    @Test
    void aTransactionThatExceedsTheCapacityIsCancelledAndUsesNothing() {
        tables.create(provisioned(1000, 1));
        tables.cloud.advance(FIVE_MINUTES);
        TransactWriteItemsInput input = TransactWriteItemsInput.builder()
                .transactItems(List.of(
                        TransactWriteItem.builder()
                                .delete(Delete.builder()
                                        .tableName("orders")
                                        .key(item(id("0")))
                                        .build())
                                .build(),
                        TransactWriteItem.builder()
                                .put(Put.builder()
                                        .tableName("orders")
                                        .item(item(large("1", 200)))
                                        .build())
                                .build()))
                .build();

        assertThatThrownBy(() -> tables.call(DynamoDb.TRANSACT_WRITE_ITEMS, input))
                .isInstanceOfSatisfying(TransactionCanceledException.class, cancelled -> {
                    assertThat(cancelled.getMessage()).endsWith("[None, ProvisionedThroughputExceeded]");
                    assertThat(cancelled.cancellationReasons().get(1).message()).contains(OF_TABLE);
                });

        put("2", 299);
    }

    @Test
    void aTransactionOfReadsThatExceedsTheCapacityIsCancelled() {
        tables.create(provisioned(1, 1000));
        put("1", 390);
        TransactGetItemsInput input = TransactGetItemsInput.builder()
                .transactItems(List.of(TransactGetItem.builder()
                        .get(Get.builder()
                                .tableName("orders")
                                .key(item(id("1")))
                                .build())
                        .build()))
                .build();
        tables.call(DynamoDb.TRANSACT_GET_ITEMS, input);

        assertThatThrownBy(() -> tables.call(DynamoDb.TRANSACT_GET_ITEMS, input))
                .isInstanceOf(TransactionCanceledException.class)
                .hasMessageEndingWith("[ProvisionedThroughputExceeded]");
    }

    @Test
    void moreCapacityCountsFromItsChangeOn() {
        tables.create(provisioned(1, 1));
        put("0", 299);
        tables.cloud.advance(Duration.ofSeconds(100));
        tables.call(
                DynamoDb.UPDATE_TABLE,
                UpdateTableInput.builder()
                        .tableName("orders")
                        .provisionedThroughput(units(1, 2))
                        .build());
        throttled(() -> put("1", 180), OF_TABLE);

        tables.cloud.advance(Duration.ofSeconds(50));

        put("1", 180);
    }

    @Test
    void aTableClassWithPricesOfItsOwnIsRefused() {
        assertThatThrownBy(() -> tables.create(provisioned(1, 1).tableClass("STANDARD_INFREQUENT_ACCESS")))
                .isInstanceOfSatisfying(Fault.class, refused -> {
                    assertThat(refused.code()).isEqualTo("VirgaUnsupported");
                    assertThat(refused).hasMessageContaining("CreateTable/TableClass=STANDARD_INFREQUENT_ACCESS");
                });
        tables.create(provisioned(1, 1).tableClass("STANDARD"));
    }
}
