package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.definition;
import static virga.services.dynamodb.TestingTables.key;
import static virga.services.dynamodb.TestingTables.music;
import static virga.services.dynamodb.TestingTables.simple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import virga.kernel.Fault;
import virga.model.dynamodb.AttributeValue;
import virga.model.dynamodb.CreateGlobalSecondaryIndexAction;
import virga.model.dynamodb.CreateTableInput;
import virga.model.dynamodb.DeleteGlobalSecondaryIndexAction;
import virga.model.dynamodb.DeleteTableInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DescribeTimeToLiveInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.GlobalSecondaryIndexUpdate;
import virga.model.dynamodb.ListTablesInput;
import virga.model.dynamodb.Projection;
import virga.model.dynamodb.QueryInput;
import virga.model.dynamodb.ResourceInUseException;
import virga.model.dynamodb.ResourceNotFoundException;
import virga.model.dynamodb.TableDescription;
import virga.model.dynamodb.TimeToLiveSpecification;
import virga.model.dynamodb.UpdateTableInput;
import virga.model.dynamodb.UpdateTimeToLiveInput;

@Timeout(60)
final class TablesTest {
    private final TestingTables tables = new TestingTables(DynamoDbLimits.tiny());

    @AfterEach
    void close() {
        tables.close();
    }

    private TableDescription describe(String name) {
        return tables.call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName(name).build())
                .table()
                .orElseThrow();
    }

    private void createAndWait(CreateTableInput.Builder table) {
        tables.create(table);
        tables.cloud.advance(Duration.ofSeconds(1));
    }

    @Test
    void aTableIsCreatingBeforeItIsActive() {
        tables.create(music());

        assertThat(describe("music").tableStatus()).contains("CREATING");
        assertThatThrownBy(() -> tables.get("music", "{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}"))
                .isInstanceOf(ResourceNotFoundException.class);

        tables.cloud.advance(Duration.ofSeconds(1));
        TableDescription described = describe("music");
        assertThat(described.tableStatus()).contains("ACTIVE");
        assertThat(described.tableArn()).contains("arn:aws:dynamodb:us-east-1:000000000000:table/music");
        assertThat(described.globalSecondaryIndexes().getFirst().indexStatus()).contains("ACTIVE");
    }

    @Test
    void aNameIsTakenOnce() {
        createAndWait(simple("orders"));

        assertThatThrownBy(() -> tables.create(simple("orders")))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessage("Table already exists: orders");
    }

    @Test
    void definitionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> tables.create(simple("ab")))
                .hasMessage("TableName must be at least 3 characters long and at most 255 characters long");
        assertThatThrownBy(() -> tables.create(simple("orders").keySchema(List.of(key("other", "HASH")))))
                .hasMessage("One or more parameter values were invalid: Some index key attributes are not defined in"
                        + " AttributeDefinitions. Keys: [other], AttributeDefinitions: [id]");
        assertThatThrownBy(() -> tables.create(
                        simple("orders").attributeDefinitions(List.of(definition("id", "S"), definition("x", "S")))))
                .hasMessage(
                        "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly"
                                + " match number of attributes defined in AttributeDefinitions");
        assertThatThrownBy(() -> tables.create(simple("orders").billingMode("PROVISIONED")))
                .hasMessage(
                        "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both"
                                + " be specified when BillingMode is PROVISIONED");
        assertThatThrownBy(() -> tables.create(simple("orders").resourcePolicy("{}")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
    }

    @Test
    void aDeletedTableIsGoneWithItsItems() {
        createAndWait(simple("orders"));
        tables.put("orders", "{\"id\":{\"S\":\"1\"}}");
        DeleteTableInput delete = DeleteTableInput.builder().tableName("orders").build();

        assertThat(tables.call(DynamoDb.DELETE_TABLE, delete)
                        .tableDescription()
                        .orElseThrow()
                        .tableStatus())
                .contains("DELETING");
        tables.cloud.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> describe("orders"))
                .hasMessage("Requested resource not found: Table: orders not found");
        createAndWait(simple("orders"));
        assertThat(tables.get("orders", "{\"id\":{\"S\":\"1\"}}")).isEqualTo("{}");
    }

    @Test
    void aProtectedTableCannotBeDeleted() {
        createAndWait(simple("orders").deletionProtectionEnabled(true));

        assertThatThrownBy(() -> tables.call(
                        DynamoDb.DELETE_TABLE,
                        DeleteTableInput.builder().tableName("orders").build()))
                .hasMessage("Resource cannot be deleted as it is currently protected against deletion. Disable deletion"
                        + " protection first.");
    }

    @Test
    void tablesAreListedByNamePageByPage() {
        List.of("ccc", "aaa", "bbb").forEach(name -> tables.create(simple(name)));
        var first = tables.call(
                DynamoDb.LIST_TABLES, ListTablesInput.builder().limit(2).build());
        var second = tables.call(
                DynamoDb.LIST_TABLES,
                ListTablesInput.builder()
                        .exclusiveStartTableName(first.lastEvaluatedTableName().orElseThrow())
                        .build());

        assertThat(first.tableNames()).containsExactly("aaa", "bbb");
        assertThat(second.tableNames()).containsExactly("ccc");
        assertThat(second.lastEvaluatedTableName()).isEmpty();
    }

    @Test
    void aNewIndexIsFilledWithTheItemsThatThereAre() {
        createAndWait(simple("orders"));
        for (int i = 0; i < 450; i++) {
            tables.put(
                    "orders",
                    "{\"id\":{\"S\":\"" + i + "\"},\"state\":{\"S\":\"" + (i % 2 == 0 ? "open" : "shut") + "\"}}");
        }
        tables.call(
                DynamoDb.UPDATE_TABLE,
                UpdateTableInput.builder()
                        .tableName("orders")
                        .attributeDefinitions(List.of(definition("state", "S")))
                        .globalSecondaryIndexUpdates(List.of(GlobalSecondaryIndexUpdate.builder()
                                .create(CreateGlobalSecondaryIndexAction.builder()
                                        .indexName("by-state")
                                        .keySchema(List.of(key("state", "HASH")))
                                        .projection(Projection.builder()
                                                .projectionType("KEYS_ONLY")
                                                .build())
                                        .build())
                                .build()))
                        .build());
        tables.cloud.advance(Duration.ofSeconds(1));
        tables.settle();

        var index = describe("orders").globalSecondaryIndexes().getFirst();
        assertThat(index.indexStatus()).contains("ACTIVE");
        assertThat(index.itemCount()).contains(450L);
        tables.put("orders", "{\"id\":{\"S\":\"1\"}}");
        assertThat(describe("orders").globalSecondaryIndexes().getFirst().itemCount())
                .contains(449L);

        tables.call(
                DynamoDb.UPDATE_TABLE,
                UpdateTableInput.builder()
                        .tableName("orders")
                        .globalSecondaryIndexUpdates(List.of(GlobalSecondaryIndexUpdate.builder()
                                .delete(DeleteGlobalSecondaryIndexAction.builder()
                                        .indexName("by-state")
                                        .build())
                                .build()))
                        .build());
        assertThatThrownBy(() -> tables.call(
                        DynamoDb.QUERY,
                        QueryInput.builder()
                                .tableName("orders")
                                .indexName("by-state")
                                .keyConditionExpression("id = :i")
                                .expressionAttributeValues(java.util.Map.of(":i", AttributeValue.ofS("1")))
                                .build()))
                .hasMessage("The table does not have the specified index: by-state");
    }

    @Test
    void itemsAreDeletedAfterTheirTimeToLive() {
        createAndWait(simple("sessions"));
        long soon = tables.cloud.call().at().plusSeconds(600).getEpochSecond();
        tables.put("sessions", "{\"id\":{\"S\":\"early\"},\"ttl\":{\"N\":\"" + soon + "\"}}");
        tables.call(
                DynamoDb.UPDATE_TIME_TO_LIVE,
                UpdateTimeToLiveInput.builder()
                        .tableName("sessions")
                        .timeToLiveSpecification(TimeToLiveSpecification.builder()
                                .enabled(true)
                                .attributeName("ttl")
                                .build())
                        .build());
        tables.settle();
        tables.put("sessions", "{\"id\":{\"S\":\"late\"},\"ttl\":{\"N\":\"" + (soon + 86400) + "\"}}");
        tables.put("sessions", "{\"id\":{\"S\":\"text\"},\"ttl\":{\"S\":\"" + soon + "\"}}");
        tables.put("sessions", "{\"id\":{\"S\":\"kept\"},\"ttl\":{\"N\":\"" + soon + "\"}}");
        tables.put("sessions", "{\"id\":{\"S\":\"kept\"}}");

        assertThat(tables.call(
                                DynamoDb.DESCRIBE_TIME_TO_LIVE,
                                DescribeTimeToLiveInput.builder()
                                        .tableName("sessions")
                                        .build())
                        .timeToLiveDescription()
                        .orElseThrow()
                        .attributeName())
                .contains("ttl");
        assertThat(tables.get("sessions", "{\"id\":{\"S\":\"early\"}}")).isNotEqualTo("{}");
        tables.cloud.advance(Duration.ofSeconds(720));
        tables.settle();
        assertThat(tables.get("sessions", "{\"id\":{\"S\":\"early\"}}")).isEqualTo("{}");
        assertThat(List.of("late", "text", "kept"))
                .allSatisfy(id -> assertThat(tables.get("sessions", "{\"id\":{\"S\":\"" + id + "\"}}"))
                        .isNotEqualTo("{}"));
    }
}
