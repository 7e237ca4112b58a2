package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class TablesTest {
    private static final String INDEX = "by-city";

    private static DynamoDbClient dynamo(Account account) {
        return account.client(DynamoDbClient.builder());
    }

    /** Stations by country and name, with an index by city. */
    static String table(Account account, DynamoDbClient dynamo) {
        String name = account.name("stations");
        dynamo.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute -> attribute.attributeName("country").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("name").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("city").attributeType(ScalarAttributeType.S))
                .keySchema(
                        key -> key.attributeName("country").keyType(KeyType.HASH),
                        key -> key.attributeName("name").keyType(KeyType.RANGE))
                .globalSecondaryIndexes(index -> index.indexName(INDEX)
                        .keySchema(key -> key.attributeName("city").keyType(KeyType.HASH))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))));
        account.afterwards(() -> dynamo.deleteTable(request -> request.tableName(name)));
        dynamo.waiter().waitUntilTableExists(request -> request.tableName(name), account.waiting());
        return name;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Map<String, AttributeValue> station(String country, String name, String city, long millimetres) {
        return Map.of("country", text(country), "name", text(name), "city", text(city), "rain", number(millimetres));
    }

    private static Map<String, AttributeValue> key(String country, String name) {
        return Map.of("country", text(country), "name", text(name));
    }

    @Test
    void waitersFollowATableFromItsCreationToItsEnd(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String name = account.name("short-lived");
        var created = dynamo.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH)));
        assertThat(created.tableDescription().tableStatus()).isEqualTo(TableStatus.CREATING);
        var there = dynamo.waiter().waitUntilTableExists(request -> request.tableName(name), account.waiting());
        assertThat(there.matched().response().orElseThrow().table().tableStatus())
                .isEqualTo(TableStatus.ACTIVE);
        Refused.with(
                ResourceInUseException.class,
                "ResourceInUseException",
                400,
                name,
                () -> dynamo.createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))));
        dynamo.deleteTable(request -> request.tableName(name));
        dynamo.waiter().waitUntilTableNotExists(request -> request.tableName(name), account.waiting());
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Requested resource not found",
                () -> dynamo.describeTable(request -> request.tableName(name)));
    }

    @Test
    void everyTypeComesBackAsItWas(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        Map<String, AttributeValue> item = Map.of(
                "country", text("NO"),
                "name", text("Bergen"),
                "decimal", AttributeValue.fromN("123456789012345678901234567890.12345678"),
                "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})),
                "wet", AttributeValue.fromBool(true),
                "nothing", AttributeValue.fromNul(true),
                "words", AttributeValue.fromSs(List.of("drizzle", "rain")),
                "list", AttributeValue.fromL(List.of(number(1), text("two"))),
                "map", AttributeValue.fromM(Map.of("nested", AttributeValue.fromL(List.of()))));
        dynamo.putItem(request -> request.tableName(table).item(item));
        assertThat(dynamo.getItem(request -> request.tableName(table)
                                .key(key("NO", "Bergen"))
                                .consistentRead(true))
                        .item())
                .isEqualTo(item);
        assertThat(dynamo.getItem(request -> request.tableName(table).key(key("NO", "Oslo")))
                        .hasItem())
                .isFalse();
    }

    @Test
    void anUpdateAnswersWhatItChanged(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        dynamo.putItem(request -> request.tableName(table).item(station("NO", "Bergen", "Bergen", 2_250)));
        var updated = dynamo.updateItem(request -> request.tableName(table)
                .key(key("NO", "Bergen"))
                .updateExpression("SET rain = rain + :more, #s = if_not_exists(#s, :open) REMOVE city")
                .expressionAttributeNames(Map.of("#s", "state"))
                .expressionAttributeValues(Map.of(":more", number(50), ":open", text("open")))
                .returnValues(ReturnValue.UPDATED_NEW));
        assertThat(updated.attributes()).isEqualTo(Map.of("rain", number(2_300), "state", text("open")));
    }

    @Test
    void aConditionThatFailsBringsTheItemIfAsked(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        var bergen = station("NO", "Bergen", "Bergen", 2_250);
        dynamo.putItem(request -> request.tableName(table).item(bergen));
        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> dynamo.putItem(request -> request.tableName(table)
                        .item(bergen)
                        .conditionExpression("attribute_not_exists(country)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .satisfies(refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
                    assertThat(refusal.item()).isEqualTo(bergen);
                });
    }

    @Test
    void queriesAndScansArePagedThroughByTheSdk(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        dynamo.batchWriteItem(request -> request.requestItems(Map.of(
                table,
                IntStream.range(0, 25)
                        .mapToObj(i -> WriteRequest.builder()
                                .putRequest(put -> put.item(station("NO", "s%02d".formatted(i), "c" + i % 2, i)))
                                .build())
                        .toList())));
        var query = dynamo.queryPaginator(request -> request.tableName(table)
                .keyConditionExpression("country = :c AND begins_with(#n, :s)")
                .expressionAttributeNames(Map.of("#n", "name"))
                .expressionAttributeValues(Map.of(":c", text("NO"), ":s", text("s1")))
                .scanIndexForward(false)
                .limit(4));
        assertThat(query.items())
                .extracting(item -> item.get("name").s())
                .containsExactly("s19", "s18", "s17", "s16", "s15", "s14", "s13", "s12", "s11", "s10");
        assertThat(query.stream().count()).isGreaterThanOrEqualTo(3);
        var scan = dynamo.scanPaginator(request -> request.tableName(table)
                .filterExpression("rain >= :least")
                .expressionAttributeValues(Map.of(":least", number(20)))
                .limit(10));
        assertThat(scan.items()).hasSize(5);
        account.eventually(
                () -> dynamo.query(request -> request.tableName(table)
                                .indexName(INDEX)
                                .keyConditionExpression("city = :c")
                                .expressionAttributeValues(Map.of(":c", text("c1"))))
                        .count(),
                count -> count == 12);
    }

    @Test
    void batchesReadFromSeveralKeys(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        dynamo.putItem(request -> request.tableName(table).item(station("NO", "Bergen", "Bergen", 2_250)));
        dynamo.putItem(request -> request.tableName(table).item(station("DE", "Mainz", "Mainz", 600)));
        var pages = dynamo.batchGetItemPaginator(request -> request.requestItems(Map.of(
                table,
                software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes.builder()
                        .keys(key("NO", "Bergen"), key("DE", "Mainz"), key("FR", "Brest"))
                        .consistentRead(true)
                        .build())));
        assertThat(StreamSupport.stream(pages.spliterator(), false)
                        .flatMap(page -> page.responses().get(table).stream())
                        .map(item -> item.get("name").s()))
                .containsExactlyInAnyOrder("Bergen", "Mainz");
    }

    @Test
    void aTransactionIsAllOrNothingAndSaysWhy(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        dynamo.putItem(request -> request.tableName(table).item(station("NO", "Bergen", "Bergen", 2_250)));
        TransactWriteItem fresh = TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(station("DE", "Mainz", "Mainz", 600))
                        .build())
                .build();
        TransactWriteItem again = TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table)
                        .item(station("NO", "Bergen", "Bergen", 1))
                        .conditionExpression("attribute_not_exists(country)")
                        .build())
                .build();
        assertThatExceptionOfType(TransactionCanceledException.class)
                .isThrownBy(() -> dynamo.transactWriteItems(request -> request.transactItems(fresh, again)))
                .satisfies(cancelled -> assertThat(cancelled.cancellationReasons())
                        .extracting(reason -> reason.code())
                        .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(dynamo.getItem(request ->
                                request.tableName(table).key(key("DE", "Mainz")).consistentRead(true))
                        .hasItem())
                .isFalse();
        dynamo.transactWriteItems(request -> request.transactItems(fresh).clientRequestToken("once"));
        dynamo.transactWriteItems(request -> request.transactItems(fresh).clientRequestToken("once"));
        assertThat(dynamo.transactGetItems(request -> request.transactItems(
                                get -> get.get(one -> one.tableName(table).key(key("DE", "Mainz")))))
                        .responses())
                .singleElement()
                .satisfies(found -> assertThat(found.item().get("rain")).isEqualTo(number(600)));
    }

    @Test
    void aValueThatAnExpressionNamesMustBeGiven(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        Refused.with(
                DynamoDbException.class,
                "ValidationException",
                400,
                "Invalid KeyConditionExpression: An expression attribute value used in expression is not defined;"
                        + " attribute value: :c",
                () -> dynamo.query(request -> request.tableName(table).keyConditionExpression("country = :c")));
    }

    @Test
    void expressionsThatAreWrongAreRefusedInAwsWords(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        Refused.with(
                DynamoDbException.class,
                "ValidationException",
                400,
                "Attribute name is a reserved keyword; reserved keyword: name",
                () -> dynamo.query(request -> request.tableName(table)
                        .keyConditionExpression("country = :c AND name = :n")
                        .expressionAttributeValues(Map.of(":c", text("NO"), ":n", text("x")))));
        Refused.with(
                DynamoDbException.class,
                "ValidationException",
                400,
                "One or more parameter values were invalid: Missing the key name in the item",
                () -> dynamo.putItem(request -> request.tableName(table).item(Map.of("country", text("NO")))));
        Refused.with(
                DynamoDbException.class,
                "ValidationException",
                400,
                "The provided key element does not match the schema",
                () -> dynamo.getItem(request -> request.tableName(table).key(Map.of("country", text("NO")))));
    }

    @Test
    void tablesAreListedPageByPage(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        assertThat(dynamo.listTablesPaginator(request -> request.limit(1)).tableNames())
                .contains(table);
    }

    @Test
    void timeToLiveAndTagsAreDescribed(Account account) {
        DynamoDbClient dynamo = dynamo(account);
        String table = table(account, dynamo);
        dynamo.updateTimeToLive(request -> request.tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("gone").enabled(true)));
        assertThat(dynamo.describeTimeToLive(request -> request.tableName(table))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("gone");
        String arn = dynamo.describeTable(request -> request.tableName(table))
                .table()
                .tableArn();
        dynamo.tagResource(
                request -> request.resourceArn(arn).tags(tag -> tag.key("team").value("weather")));
        assertThat(dynamo.listTagsOfResource(request -> request.resourceArn(arn))
                        .tags())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("team=weather");
    }
}
