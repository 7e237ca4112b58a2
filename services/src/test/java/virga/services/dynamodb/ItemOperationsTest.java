package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.json;
import static virga.services.dynamodb.TestingTables.music;
import static virga.services.dynamodb.TestingTables.simple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.BatchGetItemInput;
import virga.model.dynamodb.BatchWriteItemInput;
import virga.model.dynamodb.ConditionalCheckFailedException;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.ExpectedAttributeValue;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.GetItemOutput;
import virga.model.dynamodb.KeysAndAttributes;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.PutItemOutput;
import virga.model.dynamodb.PutRequest;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.UpdateItemInput;
import virga.model.dynamodb.UpdateItemOutput;
import virga.model.dynamodb.WriteRequest;

final class ItemOperationsTest {
    private final TestingTables tables = new TestingTables(DynamoDbLimits.AWS);

    @BeforeEach
    void create() {
        tables.create(simple("orders"));
    }

    @AfterEach
    void close() {
        assertThat(tables.cloud.bugs()).isEmpty();
        tables.close();
    }

    private static PutItemInput.Builder put(String json) {
        return PutItemInput.builder().tableName("orders").item(item(json));
    }

    private UpdateItemOutput update(String expression, Map<String, AttributeValue> values, String returned) {
        UpdateItemInput.Builder input = UpdateItemInput.builder()
                .tableName("orders")
                .key(item("{\"id\":{\"S\":\"1\"}}"))
                .updateExpression(expression)
                .returnValues(returned);
        if (!values.isEmpty()) {
            input.expressionAttributeValues(values);
        }
        return tables.call(DynamoDb.UPDATE_ITEM, input.build());
    }

    @Test
    void whatIsPutIsGot() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"total\":{\"N\":\"12.50\"}}");

        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}"))
                .isEqualTo("{\"id\":{\"S\":\"1\"},\"total\":{\"N\":\"12.5\"}}");
    }

    @Test
    void gettingNothingAnswersNoItem() {
        GetItemOutput output = tables.call(
                DynamoDb.GET_ITEM,
                GetItemInput.builder()
                        .tableName("orders")
                        .key(item("{\"id\":{\"S\":\"0\"}}"))
                        .build());

        assertThat(output.hasItem()).isFalse();
    }

    @Test
    void aTableThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> tables.get("nowhere", "{\"id\":{\"S\":\"1\"}}"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("Requested resource not found");
    }

    @Test
    void aTableCanBeNamedByItsArn() {
        tables.put("arn:aws:dynamodb:us-east-1:000000000000:table/orders", "{\"id\":{\"S\":\"1\"}}");

        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isNotEqualTo("{}");
    }

    @Test
    void keysThatDoNotFitTheSchemaAreRefused() {
        assertThatThrownBy(() -> tables.get("orders", "{\"id\":{\"N\":\"1\"}}"))
                .hasMessage("The provided key element does not match the schema");
        assertThatThrownBy(() -> tables.get("orders", "{\"id\":{\"S\":\"1\"},\"x\":{\"S\":\"1\"}}"))
                .hasMessage("The provided key element does not match the schema");
        assertThatThrownBy(() -> tables.put("orders", "{\"x\":{\"S\":\"1\"}}"))
                .hasMessage("One or more parameter values were invalid: Missing the key id in the item");
        assertThatThrownBy(() -> tables.put("orders", "{\"id\":{\"N\":\"1\"}}"))
                .hasMessage(
                        "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N");
        assertThatThrownBy(() -> tables.put("orders", "{\"id\":{\"S\":\"\"}}"))
                .hasMessage("One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
                        + " contain an empty string value. Key: id");
    }

    @Test
    void anItemOver400KilobytesIsRefused() {
        String text = "x".repeat(400 * 1024);

        assertThatThrownBy(() -> tables.put("orders", "{\"id\":{\"S\":\"1\"},\"t\":{\"S\":\"" + text + "\"}}"))
                .hasMessage("Item size has exceeded the maximum allowed size");
    }

    @Test
    void aFailedConditionChangesNothingAndCanShowTheItem() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"state\":{\"S\":\"paid\"}}");
        PutItemInput.Builder again = put("{\"id\":{\"S\":\"1\"}}").conditionExpression("attribute_not_exists(id)");

        assertThatThrownBy(() -> tables.call(DynamoDb.PUT_ITEM, again.build()))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failed -> {
                    assertThat(failed).hasMessage("The conditional request failed");
                    assertThat(failed.hasItem()).isFalse();
                });
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.PUT_ITEM,
                        again.returnValuesOnConditionCheckFailure("ALL_OLD").build()))
                .isInstanceOfSatisfying(
                        ConditionalCheckFailedException.class,
                        failed -> assertThat(json(failed.item())).contains("paid"));
        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).contains("paid");
    }

    @Test
    void theOldParametersStillWork() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}");
        PutItemInput.Builder wrong = put("{\"id\":{\"S\":\"1\"}}")
                .expected(Map.of(
                        "n",
                        ExpectedAttributeValue.builder()
                                .value(AttributeValue.ofN("2"))
                                .build()));

        assertThatThrownBy(() -> tables.call(DynamoDb.PUT_ITEM, wrong.build()))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.PUT_ITEM,
                        wrong.conditionExpression("attribute_exists(id)").build()))
                .hasMessage("Can not use both expression and non-expression parameters in the same request:"
                        + " Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}");
    }

    @Test
    void anUpdateMakesTheItemAndReturnsWhatWasAsked() {
        assertThat(update("SET a = :v", Map.of(":v", AttributeValue.ofN("1")), "ALL_OLD")
                        .hasAttributes())
                .isFalse();
        assertThat(json(update("SET a = a + :v, b = :v", Map.of(":v", AttributeValue.ofN("2")), "UPDATED_NEW")
                        .attributes()))
                .isEqualTo("{\"a\":{\"N\":\"3\"},\"b\":{\"N\":\"2\"}}");
        assertThat(json(update("REMOVE b", Map.of(), "ALL_NEW").attributes()))
                .isEqualTo("{\"a\":{\"N\":\"3\"},\"id\":{\"S\":\"1\"}}");
        assertThat(json(update("SET a = :v", Map.of(":v", AttributeValue.ofN("9")), "UPDATED_OLD")
                        .attributes()))
                .isEqualTo("{\"a\":{\"N\":\"3\"}}");
    }

    @Test
    void anUpdateCannotTouchTheKey() {
        assertThatThrownBy(() -> update("SET id = :v", Map.of(":v", AttributeValue.ofS("2")), "NONE"))
                .hasMessage(
                        "One or more parameter values were invalid: Cannot update attribute id. This attribute is part"
                                + " of the key");
    }

    @Test
    void placeholdersThatNobodyUsesAreRefused() {
        assertThatThrownBy(() -> update(
                        "SET a = :v", Map.of(":v", AttributeValue.ofN("1"), ":w", AttributeValue.ofN("1")), "NONE"))
                .hasMessage("Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.PUT_ITEM,
                        put("{\"id\":{\"S\":\"1\"}}")
                                .expressionAttributeValues(Map.of(":v", AttributeValue.ofN("1")))
                                .build()))
                .hasMessage("ExpressionAttributeValues can only be specified when using expressions:"
                        + " ConditionExpression is null");
    }

    @Test
    void deletingReturnsTheOldItemIfAsked() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}");
        DeleteItemInput delete = DeleteItemInput.builder()
                .tableName("orders")
                .key(item("{\"id\":{\"S\":\"1\"}}"))
                .returnValues("ALL_OLD")
                .build();

        assertThat(json(tables.call(DynamoDb.DELETE_ITEM, delete).attributes())).contains("\"n\"");
        assertThat(tables.call(DynamoDb.DELETE_ITEM, delete).hasAttributes()).isFalse();
        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isEqualTo("{}");
    }

    @Test
    void capacityIsCountedAnsweredAndRecorded() {
        PutItemOutput output = tables.call(
                DynamoDb.PUT_ITEM,
                put("{\"id\":{\"S\":\"1\"},\"t\":{\"S\":\"" + "x".repeat(1500) + "\"}}")
                        .returnConsumedCapacity("TOTAL")
                        .build());
        GetItemOutput read = tables.call(
                DynamoDb.GET_ITEM,
                GetItemInput.builder()
                        .tableName("orders")
                        .key(item("{\"id\":{\"S\":\"1\"}}"))
                        .returnConsumedCapacity("INDEXES")
                        .build());

        assertThat(output.consumedCapacity().orElseThrow().capacityUnits()).contains(2.0);
        assertThat(read.consumedCapacity().orElseThrow().table().orElseThrow().capacityUnits())
                .contains(0.5);
        assertThat(tables.cloud.records().stream()
                        .filter(record -> record.operation().equals("PutItem")))
                .singleElement()
                .satisfies(record -> assertThat(record.details()).containsEntry(Details.CONSUMED_WRITE_UNITS, "2"));
    }

    @Test
    void indexEntriesCostTheirOwnUnits() {
        tables.create(music());
        PutItemOutput output = tables.call(
                DynamoDb.PUT_ITEM,
                PutItemInput.builder()
                        .tableName("music")
                        .item(
                                item(
                                        "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"},\"genre\":{\"S\":\"rock\"},\"year\":{\"N\":\"1\"}}"))
                        .returnConsumedCapacity("INDEXES")
                        .build());

        var consumed = output.consumedCapacity().orElseThrow();
        assertThat(consumed.capacityUnits()).contains(3.0);
        assertThat(consumed.globalSecondaryIndexes()).containsOnlyKeys("by-genre");
        assertThat(consumed.localSecondaryIndexes()).containsOnlyKeys("by-year");
    }

    @Test
    void batchesWriteAndReadManyItems() {
        tables.call(
                DynamoDb.BATCH_WRITE_ITEM,
                BatchWriteItemInput.builder()
                        .requestItems(Map.of("orders", List.of(batchPut("1"), batchPut("2"))))
                        .build());
        var output = tables.call(
                DynamoDb.BATCH_GET_ITEM,
                BatchGetItemInput.builder()
                        .requestItems(Map.of(
                                "orders",
                                KeysAndAttributes.builder()
                                        .keys(List.of(
                                                item("{\"id\":{\"S\":\"2\"}}"),
                                                item("{\"id\":{\"S\":\"3\"}}"),
                                                item("{\"id\":{\"S\":\"1\"}}")))
                                        .build()))
                        .build());

        assertThat(output.responses().get("orders")).hasSize(2);
        assertThat(output.unprocessedKeys()).isEmpty();
    }

    @Test
    void aBatchTakesNoItemTwice() {
        BatchWriteItemInput twice = BatchWriteItemInput.builder()
                .requestItems(Map.of("orders", List.of(batchPut("1"), batchPut("1"))))
                .build();

        assertThatThrownBy(() -> tables.call(DynamoDb.BATCH_WRITE_ITEM, twice))
                .isInstanceOf(Fault.class)
                .hasMessage("Provided list of item keys contains duplicates");
        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isEqualTo("{}");
    }

    private static WriteRequest batchPut(String id) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder()
                        .item(item("{\"id\":{\"S\":\"" + id + "\"}}"))
                        .build())
                .build();
    }
}
