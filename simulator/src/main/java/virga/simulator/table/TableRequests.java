package virga.simulator.table;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.Get;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.TimeToLiveSpecification;
import virga.model.dynamodb.TransactGetItem;
import virga.model.dynamodb.TransactGetItemsInput;
import virga.model.dynamodb.TransactWriteItem;
import virga.model.dynamodb.TransactWriteItemsInput;
import virga.model.dynamodb.Update;
import virga.model.dynamodb.UpdateItemInput;
import virga.model.dynamodb.UpdateTimeToLiveInput;

/** The inputs of a table's clients. Items have a key {@code pk/sk}, a version {@code v}, and accounts a {@code balance}. */
final class TableRequests {
    static final String TABLE = "items";
    static final String INDEX = "by-group";
    static final List<String> GROUPS = List.of("even", "odd");

    private TableRequests() {}

    static CreateTableInput table() {
        return CreateTableInput.builder()
                .tableName(TABLE)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(List.of(text("pk"), text("sk"), text("grp"), text("v")))
                .keySchema(List.of(part("pk", "HASH"), part("sk", "RANGE")))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndex.builder()
                        .indexName(INDEX)
                        .keySchema(List.of(part("grp", "HASH"), part("v", "RANGE")))
                        .projection(
                                Projection.builder().projectionType("KEYS_ONLY").build())
                        .build()))
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType("NEW_AND_OLD_IMAGES")
                        .build())
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static KeySchemaElement part(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    static Map<String, AttributeValue> key(String key) {
        String[] parts = key.split("/");
        return Map.of("pk", AttributeValue.ofS(parts[0]), "sk", AttributeValue.ofS(parts[1]));
    }

    static String keyOf(Map<String, AttributeValue> item) {
        return item.get("pk").s().orElseThrow() + "/" + item.get("sk").s().orElseThrow();
    }

    /** The group of the index in which an item of this version is. */
    static String groupOf(String version) {
        return GROUPS.get((version.charAt(version.length() - 1) - '0') % GROUPS.size());
    }

    /** The version of an item; what is not there has {@link TableLedger#ABSENT}. */
    static String version(Map<String, AttributeValue> item) {
        return item.isEmpty() ? TableLedger.ABSENT : item.get("v").s().orElseThrow();
    }

    static int balance(Map<String, AttributeValue> item) {
        return item.isEmpty() ? 0 : Integer.parseInt(item.get("balance").n().orElseThrow());
    }

    private static String condition(String expected) {
        return expected.equals(TableLedger.ABSENT) ? "attribute_not_exists(pk)" : "v = :expected";
    }

    /** The values of an expression: the condition's, and {@code others}. */
    private static Map<String, AttributeValue> values(Optional<String> expected, Map<String, AttributeValue> others) {
        Map<String, AttributeValue> values = new HashMap<>(others);
        expected.filter(version -> !version.equals(TableLedger.ABSENT))
                .ifPresent(version -> values.put(":expected", AttributeValue.ofS(version)));
        return values;
    }

    static PutItemInput put(String key, Optional<String> expected, String version, Optional<Integer> balance) {
        Map<String, AttributeValue> item = new HashMap<>(key(key));
        item.put("v", AttributeValue.ofS(version));
        balance.ifPresentOrElse(
                amount -> item.put("balance", AttributeValue.ofN("" + amount)),
                () -> item.put("grp", AttributeValue.ofS(groupOf(version))));
        PutItemInput.Builder input =
                PutItemInput.builder().tableName(TABLE).item(item).returnValues("ALL_OLD");
        expected.ifPresent(from -> {
            input.conditionExpression(condition(from)).returnValuesOnConditionCheckFailure("ALL_OLD");
            if (!from.equals(TableLedger.ABSENT)) {
                input.expressionAttributeValues(values(expected, Map.of()));
            }
        });
        return input.build();
    }

    static UpdateItemInput update(String key, Optional<String> expected, String version) {
        UpdateItemInput.Builder input = UpdateItemInput.builder()
                .tableName(TABLE)
                .key(key(key))
                .updateExpression("SET v = :v, grp = :group")
                .expressionAttributeValues(values(
                        expected,
                        Map.of(":v", AttributeValue.ofS(version), ":group", AttributeValue.ofS(groupOf(version)))))
                .returnValues("ALL_OLD");
        expected.ifPresent(
                from -> input.conditionExpression(condition(from)).returnValuesOnConditionCheckFailure("ALL_OLD"));
        return input.build();
    }

    /** @param expected not absent */
    static DeleteItemInput delete(String key, String expected) {
        return DeleteItemInput.builder()
                .tableName(TABLE)
                .key(key(key))
                .conditionExpression(condition(expected))
                .expressionAttributeValues(values(Optional.of(expected), Map.of()))
                .returnValues("ALL_OLD")
                .returnValuesOnConditionCheckFailure("ALL_OLD")
                .build();
    }

    /** One more, and the count with it in the answer. */
    static UpdateItemInput count(String counter, String version) {
        return UpdateItemInput.builder()
                .tableName(TABLE)
                .key(key(counter))
                .updateExpression("SET v = :v ADD hits :one")
                .expressionAttributeValues(Map.of(":v", AttributeValue.ofS(version), ":one", AttributeValue.ofN("1")))
                .returnValues("UPDATED_NEW")
                .build();
    }

    static PutItemInput putUntil(String key, String version, Instant end) {
        Map<String, AttributeValue> item = new HashMap<>(key(key));
        item.put("v", AttributeValue.ofS(version));
        item.put("expires", AttributeValue.ofN("" + end.getEpochSecond()));
        return PutItemInput.builder().tableName(TABLE).item(item).build();
    }

    static UpdateTimeToLiveInput timeToLive() {
        return UpdateTimeToLiveInput.builder()
                .tableName(TABLE)
                .timeToLiveSpecification(TimeToLiveSpecification.builder()
                        .enabled(true)
                        .attributeName("expires")
                        .build())
                .build();
    }

    static QueryInput group(String group) {
        return QueryInput.builder()
                .tableName(TABLE)
                .indexName(INDEX)
                .keyConditionExpression("grp = :group")
                .expressionAttributeValues(Map.of(":group", AttributeValue.ofS(group)))
                .build();
    }

    static GetItemInput get(String key) {
        return GetItemInput.builder()
                .tableName(TABLE)
                .key(key(key))
                .consistentRead(true)
                .build();
    }

    static QueryInput query(String partition) {
        return QueryInput.builder()
                .tableName(TABLE)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.ofS(partition)))
                .consistentRead(true)
                .build();
    }

    static TransactGetItemsInput all(List<String> keys) {
        return TransactGetItemsInput.builder()
                .transactItems(keys.stream()
                        .map(key -> TransactGetItem.builder()
                                .get(Get.builder()
                                        .tableName(TABLE)
                                        .key(key(key))
                                        .build())
                                .build())
                        .toList())
                .build();
    }

    /** Moves {@code amount} between two accounts, if there is so much. @param token makes a second try of it harmless */
    static TransactWriteItemsInput transfer(String from, String to, int amount, String version, String token) {
        return TransactWriteItemsInput.builder()
                .transactItems(List.of(change(from, -amount, version), change(to, amount, version)))
                .clientRequestToken(token)
                .build();
    }

    private static TransactWriteItem change(String account, int amount, String version) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(TABLE)
                        .key(key(account))
                        .updateExpression("SET v = :v, balance = balance + :amount")
                        .conditionExpression("balance >= :least")
                        .expressionAttributeValues(Map.of(
                                ":v", AttributeValue.ofS(version),
                                ":amount", AttributeValue.ofN("" + amount),
                                ":least", AttributeValue.ofN("" + Math.max(0, -amount))))
                        .build())
                .build();
    }
}
