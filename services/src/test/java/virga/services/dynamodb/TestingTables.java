package virga.services.dynamodb;

import java.util.List;
import java.util.Map;
import virga.cloud.Service;
import virga.cloud.testing.TestingCloud;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.AttributeDefinition;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GetItemInput;
import virga.model.dynamodb.GlobalSecondaryIndex;
import virga.model.dynamodb.KeySchemaElement;
import virga.model.dynamodb.LocalSecondaryIndex;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.PutItemInput;
import virga.services.dynamodb.item.TestingItems;

/** A cloud with DynamoDB alone, and short words for what tests do with it. */
final class TestingTables implements AutoCloseable {
    final TestingCloud cloud;

    TestingTables(DynamoDbLimits limits, Service... others) {
        List<Service> services = new java.util.ArrayList<>(List.of(new DynamoDbService(limits)));
        services.addAll(List.of(others));
        this.cloud = new TestingCloud(services.toArray(Service[]::new));
    }

    static Map<String, AttributeValue> item(String json) {
        return AttributeValues.of(TestingItems.item(json));
    }

    static String json(Map<String, AttributeValue> item) {
        return TestingItems.json(AttributeValues.toItem(item));
    }

    /** A table {@code music} with key pk (S), sk (N), a global index {@code by-genre} and a local index {@code by-year}. */
    static CreateTableInput.Builder music() {
        return CreateTableInput.builder()
                .tableName("music")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(List.of(
                        definition("pk", "S"),
                        definition("sk", "N"),
                        definition("genre", "S"),
                        definition("year", "N")))
                .keySchema(List.of(key("pk", "HASH"), key("sk", "RANGE")))
                .globalSecondaryIndexes(List.of(GlobalSecondaryIndex.builder()
                        .indexName("by-genre")
                        .keySchema(List.of(key("genre", "HASH"), key("year", "RANGE")))
                        .projection(Projection.builder()
                                .projectionType("INCLUDE")
                                .nonKeyAttributes(List.of("title"))
                                .build())
                        .build()))
                .localSecondaryIndexes(List.of(LocalSecondaryIndex.builder()
                        .indexName("by-year")
                        .keySchema(List.of(key("pk", "HASH"), key("year", "RANGE")))
                        .projection(
                                Projection.builder().projectionType("KEYS_ONLY").build())
                        .build()));
    }

    /** A table with a text key {@code id} alone. */
    static CreateTableInput.Builder simple(String name) {
        return CreateTableInput.builder()
                .tableName(name)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(List.of(definition("id", "S")))
                .keySchema(List.of(key("id", "HASH")));
    }

    static AttributeDefinition definition(String name, String type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        return cloud.call(operation, input);
    }

    void create(CreateTableInput.Builder table) {
        cloud.call(DynamoDb.CREATE_TABLE, table.build());
    }

    void put(String table, String json) {
        cloud.call(
                DynamoDb.PUT_ITEM,
                PutItemInput.builder().tableName(table).item(item(json)).build());
    }

    /** The item as JSON; {@code {}} where there is none. */
    String get(String table, String key) {
        return json(cloud.call(
                        DynamoDb.GET_ITEM,
                        GetItemInput.builder()
                                .tableName(table)
                                .key(item(key))
                                .consistentRead(true)
                                .build())
                .item());
    }

    /** Waits until no task is due or under way. */
    void settle() {
        while (!cloud.environment().settled()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        cloud.close();
    }
}
