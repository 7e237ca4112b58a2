package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.json;
import static virga.services.dynamodb.TestingTables.simple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import virga.kernel.Bytes;
import virga.kernel.Details;
import virga.kernel.Principal;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.ConditionCheck;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.Get;
import virga.model.dynamodb.IdempotentParameterMismatchException;
import virga.model.dynamodb.Put;
import virga.model.dynamodb.TransactGetItem;
import virga.model.dynamodb.TransactGetItemsInput;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.TransactionCanceledException;
import virga.model.dynamodb.Update;

final class TransactionsTest {
    private final TestingTables tables = new TestingTables(DynamoDbLimits.AWS);

    @BeforeEach
    void create() {
        tables.create(simple("orders"));
        tables.create(simple("stock"));
        tables.put("stock", "{\"id\":{\"S\":\"pen\"},\"left\":{\"N\":\"1\"}}");
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private static TransactWriteItem put(String id) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName("orders")
                        .item(item("{\"id\":{\"S\":\"" + id + "\"}}"))
                        .build())
                .build();
    }

    private static TransactWriteItem take(int amount) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName("stock")
                        .key(item("{\"id\":{\"S\":\"pen\"}}"))
                        .updateExpression("SET #l = #l - :n")
                        .conditionExpression("#l >= :n")
                        .expressionAttributeNames(Map.of("#l", "left"))
                        .expressionAttributeValues(Map.of(":n", AttributeValue.ofN(String.valueOf(amount))))
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .build())
                .build();
    }

    private void write(String token, TransactWriteItem... items) {
        TransactWriteItemsInput.Builder input =
                TransactWriteItemsInput.builder().transactItems(List.of(items));
        if (!token.isEmpty()) {
            input.clientRequestToken(token);
        }
        tables.call(DynamoDb.TRANSACT_WRITE_ITEMS, input.build());
    }

    private String left() {
        return tables.get("stock", "{\"id\":{\"S\":\"pen\"}}");
    }

    @Test
    void allWritesTakeEffectTogether() {
        write("", put("1"), take(1));

        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isNotEqualTo("{}");
        assertThat(left()).contains("\"0\"");
    }

    @Test
    void aFailedConditionCancelsAllAndSaysWhy() {
        assertThatThrownBy(() -> write("", put("1"), take(2)))
                .isInstanceOfSatisfying(TransactionCanceledException.class, cancelled -> {
                    assertThat(cancelled)
                            .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons"
                                    + " [None, ConditionalCheckFailed]");
                    assertThat(json(cancelled.cancellationReasons().get(1).item()))
                            .contains("\"left\":{\"N\":\"1\"}");
                });
        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isEqualTo("{}");
        assertThat(left()).contains("\"1\"");
    }

    @Test
    void aCheckWritesNothing() {
        TransactWriteItem check = TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName("stock")
                        .key(item("{\"id\":{\"S\":\"ink\"}}"))
                        .conditionExpression("attribute_not_exists(id)")
                        .build())
                .build();
        write("", put("1"), check);

        assertThat(tables.get("stock", "{\"id\":{\"S\":\"ink\"}}")).isEqualTo("{}");
    }

    @Test
    void oneItemCanBeWrittenOnceOnly() {
        assertThatThrownBy(() -> write("", put("1"), put("1")))
                .hasMessage("Transaction request cannot include multiple operations on one item");
    }

    @Test
    void aTokenMakesTheSameRequestOneForTenMinutes() {
        tables.put("stock", "{\"id\":{\"S\":\"pen\"},\"left\":{\"N\":\"9\"}}");
        write("token", take(1));
        write("token", take(1));
        assertThat(left()).contains("\"8\"");
        assertThatThrownBy(() -> write("token", take(2))).isInstanceOf(IdempotentParameterMismatchException.class);

        tables.cloud.advance(Duration.ofMinutes(10));
        write("token", take(2));
        assertThat(left()).contains("\"6\"");
    }

    @Test
    void requestsThatDifferOnlyFarIntoABlobAreNotTheSame() {
        byte[] bytes = new byte[40];
        writeBlob(bytes);
        bytes[39] = 1;

        assertThatThrownBy(() -> writeBlob(bytes)).isInstanceOf(IdempotentParameterMismatchException.class);
    }

    private void writeBlob(byte[] bytes) {
        Put.Builder put = Put.builder()
                .tableName("orders")
                .item(Map.of("id", AttributeValue.ofS("1"), "b", AttributeValue.ofB(Bytes.of(bytes))));
        write("token", TransactWriteItem.builder().put(put.build()).build());
    }

    @Test
    void eachWriteNeedsTheActionOfItsOwnKind() {
        tables.cloud
                .environment()
                .call(
                        tables.cloud.callAs(new Principal.User("000000000000", "ann")),
                        DynamoDb.TRANSACT_WRITE_ITEMS,
                        TransactWriteItemsInput.builder()
                                .transactItems(List.of(take(1)))
                                .build());

        assertThat(tables.cloud.records().getLast().details().get(Details.WOULD_BE_DENIED))
                .contains("dynamodb:UpdateItem")
                .contains("table/stock");
    }

    @Test
    void aFailedTransactionDoesNotUseItsTokenUp() {
        assertThatThrownBy(() -> write("token", take(2))).isInstanceOf(TransactionCanceledException.class);
        tables.put("stock", "{\"id\":{\"S\":\"pen\"},\"left\":{\"N\":\"2\"}}");
        write("token", take(2));

        assertThat(left()).contains("\"0\"");
    }

    @Test
    void readsAnswerInTheOrderAsked() {
        TransactGetItem pen = get("stock", "pen");
        var output = tables.call(
                DynamoDb.TRANSACT_GET_ITEMS,
                TransactGetItemsInput.builder()
                        .transactItems(List.of(get("orders", "none"), pen))
                        .returnConsumedCapacity("TOTAL")
                        .build());

        assertThat(output.responses().get(0).hasItem()).isFalse();
        assertThat(json(output.responses().get(1).item())).contains("pen");
        assertThat(output.consumedCapacity())
                .allSatisfy(consumed -> assertThat(consumed.capacityUnits()).contains(2.0));
    }

    private static TransactGetItem get(String table, String id) {
        return TransactGetItem.builder()
                .get(Get.builder()
                        .tableName(table)
                        .key(item("{\"id\":{\"S\":\"" + id + "\"}}"))
                        .build())
                .build();
    }
}
