package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;
import virga.conformance.sdk.Queues.Queue;

/** Source: "Using AWS Lambda with Amazon DynamoDB" and the pages below it, AWS Lambda Developer Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class StreamMappingsTest {
    private static final String[] MAY_READ = {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        "sqs:SendMessage"
    };

    /** A table with a stream, and a function that may read it. */
    private record Setting(
            Account account, DynamoDbClient dynamo, Functions functions, String table, String stream, String function) {
        static Setting of(Account account, String kind) {
            return of(account, kind, MAY_READ);
        }

        static Setting of(Account account, String kind, String... actions) {
            DynamoDbClient dynamo = account.client(DynamoDbClient.builder());
            String table = account.name("table");
            dynamo.createTable(request -> request.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                    .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                    .streamSpecification(
                            stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
            account.afterwards(() -> dynamo.deleteTable(request -> request.tableName(table)));
            String stream = dynamo.waiter()
                    .waitUntilTableExists(request -> request.tableName(table), account.waiting())
                    .matched()
                    .response()
                    .orElseThrow()
                    .table()
                    .latestStreamArn();
            Functions functions = Functions.in(account, actions);
            String function = functions.create("reader", Map.of("KIND", kind));
            return new Setting(account, dynamo, functions, table, stream, function);
        }

        void put(String id, String value) {
            dynamo.putItem(request -> request.tableName(table)
                    .item(Map.of("id", AttributeValue.fromS(id), "value", AttributeValue.fromS(value))));
        }

        String map(Consumer<CreateEventSourceMappingRequest.Builder> more) {
            String id = account.onceAllowed(
                    "ensure the role can perform",
                    () -> functions
                            .lambda()
                            .createEventSourceMapping(request -> request.functionName(function)
                                    .eventSourceArn(stream)
                                    .startingPosition(EventSourcePosition.TRIM_HORIZON)
                                    .applyMutation(more))
                            .uuid());
            account.afterwards(() -> functions.lambda().deleteEventSourceMapping(request -> request.uuid(id)));
            account.eventually(
                    () -> functions
                            .lambda()
                            .getEventSourceMapping(request -> request.uuid(id))
                            .state(),
                    "Enabled"::equals);
            return id;
        }

        /** Waits until the function has seen so many records. */
        List<JsonNode> records(int expected) {
            return records(functions.handled(function, events -> records(events).size() >= expected));
        }

        static List<JsonNode> records(List<String> events) {
            return events.stream()
                    .flatMap(event -> StreamSupport.stream(
                            Queues.json(event).path("Records").spliterator(), false))
                    .toList();
        }
    }

    private static String id(JsonNode record) {
        return record.path("dynamodb").path("Keys").path("id").path("S").asText();
    }

    private static String value(JsonNode record) {
        return record.path("dynamodb").path("NewImage").path("value").path("S").asText();
    }

    @Test
    void changesOfAKeyComeInTheirOrder(Account account) {
        Setting setting = Setting.of(account, "");
        setting.map(more -> more.batchSize(10));
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            setting.put("north", "n" + i);
            setting.put("south", "s" + i);
            written.add("n" + i);
        }
        List<JsonNode> records = setting.records(10);
        assertThat(records.stream().filter(record -> id(record).equals("north")))
                .extracting(StreamMappingsTest::value)
                .isEqualTo(written);
        JsonNode first = records.stream()
                .filter(record -> id(record).equals("north"))
                .findFirst()
                .orElseThrow();
        assertThat(first.path("eventName").asText()).isEqualTo("INSERT");
        assertThat(first.path("eventSource").asText()).isEqualTo("aws:dynamodb");
        assertThat(first.path("eventSourceARN").asText()).isEqualTo(setting.stream());
        assertThat(first.path("dynamodb").path("StreamViewType").asText()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(first.path("dynamodb").path("SequenceNumber").asText()).isNotEmpty();
    }

    @Test
    void severalBatchesOfAShardKeepTheOrderOfEachItem(Account account) {
        Setting setting = Setting.of(account, "");
        String id = setting.map(more -> more.batchSize(2).parallelizationFactor(3));
        assertThat(setting.functions()
                        .lambda()
                        .getEventSourceMapping(request -> request.uuid(id))
                        .parallelizationFactor())
                .isEqualTo(3);
        List<String> values = List.of("0", "1", "2");
        for (String value : values) {
            for (String key : List.of("north", "east", "south", "west")) {
                setting.put(key, value);
            }
        }
        List<JsonNode> records = setting.records(12);
        for (String key : List.of("north", "east", "south", "west")) {
            assertThat(records.stream().filter(record -> id(record).equals(key)))
                    .extracting(StreamMappingsTest::value)
                    .isEqualTo(values);
        }
    }

    @Test
    void aBatchIsGatheredInItsWindow(Account account) {
        Setting setting = Setting.of(account, "");
        setting.map(more -> more.batchSize(2).maximumBatchingWindowInSeconds(120));
        setting.put("key", "early");
        AtomicInteger looks = new AtomicInteger();
        account.eventually(looks::incrementAndGet, count -> count >= 15);
        setting.put("key", "late");
        List<String> events = setting.functions().handled(setting.function(), found -> !found.isEmpty());
        assertThat(Setting.records(events))
                .extracting(StreamMappingsTest::value)
                .containsExactly("early", "late");
        assertThat(events).hasSize(1);
    }

    @Test
    void aBatchIsDividedUntilOnlyWhatFailsIsGivenUp(Account account) {
        Setting setting = Setting.of(account, "picky");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        for (String value : List.of("a", "b", "poison", "d")) {
            setting.put("key", value);
        }
        setting.map(more -> more.batchSize(4)
                .maximumBatchingWindowInSeconds(2)
                .bisectBatchOnFunctionError(true)
                .maximumRetryAttempts(4)
                .destinationConfig(where -> where.onFailure(failure -> failure.destination(told.arn()))));
        setting.put("key", "e");
        JsonNode record = queues.json(told);
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(record.path("requestContext").path("functionArn").asText())
                .isEqualTo(setting.functions().arn(setting.function()));
        JsonNode batch = record.path("DDBStreamBatchInfo");
        assertThat(batch.path("batchSize").asInt()).isEqualTo(1);
        assertThat(batch.path("streamArn").asText()).isEqualTo(setting.stream());
        assertThat(batch.path("startSequenceNumber").asText())
                .isEqualTo(batch.path("endSequenceNumber").asText());
        setting.functions()
                .handled(
                        setting.function(),
                        events -> Setting.records(events).stream()
                                .anyMatch(seen -> value(seen).equals("e")));
    }

    @Test
    void whatTheFunctionReportsIsWhereTheBatchGoesOn(Account account) {
        Setting setting = Setting.of(account, "sorting");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        for (String value : List.of("a", "b", "poison", "d")) {
            setting.put("key", value);
        }
        setting.map(more -> more.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                .maximumBatchingWindowInSeconds(2)
                .maximumRetryAttempts(1)
                .destinationConfig(where -> where.onFailure(failure -> failure.destination(told.arn()))));
        JsonNode batch = queues.json(told).path("DDBStreamBatchInfo");
        setting.put("key", "e");
        List<JsonNode> records = setting
                .functions()
                .handled(
                        setting.function(),
                        events -> Setting.records(events).stream()
                                .anyMatch(seen -> value(seen).equals("e")))
                .stream()
                .map(event -> Queues.json(event).path("Records"))
                .toList();
        JsonNode poison = records.stream()
                .flatMap(some -> StreamSupport.stream(some.spliterator(), false))
                .filter(record -> value(record).equals("poison"))
                .findFirst()
                .orElseThrow();
        assertThat(batch.path("startSequenceNumber").asText())
                .as("what came before is done")
                .isEqualTo(poison.path("dynamodb").path("SequenceNumber").asText());
        assertThat(records)
                .as("the batch goes on from the first failure")
                .anySatisfy(some -> assertThat(value(some.get(0))).isEqualTo("poison"));
    }

    @Test
    void recordsThatAreTooOldAreGivenUp(Account account) {
        Setting setting = Setting.of(account, "picky");
        Queues queues = Queues.in(account);
        Queue told = queues.queue("told");
        setting.map(more -> more.maximumRecordAgeInSeconds(60)
                .destinationConfig(where -> where.onFailure(failure -> failure.destination(told.arn()))));
        setting.put("key", "poison");
        setting.records(1);
        account.letPass(Duration.ofSeconds(61));
        JsonNode record = queues.json(told);
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("RecordAgeExceeded");
        setting.put("key", "healthy");
        setting.functions()
                .handled(
                        setting.function(),
                        events -> Setting.records(events).stream()
                                .anyMatch(seen -> value(seen).equals("healthy")));
    }

    @Test
    void onlyWhatAFilterLetsThroughComes(Account account) {
        Setting setting = Setting.of(account, "");
        setting.map(more -> more.filterCriteria(criteria -> criteria.filters(filter -> filter.pattern(
                "{\"eventName\":[\"MODIFY\"],\"dynamodb\":{\"NewImage\":{\"value\":{\"S\":[{\"prefix\":\"b\"}]}}}}"))));
        for (String value : List.of("b0", "a", "b1", "c")) {
            setting.put("key", value);
        }
        assertThat(setting.records(1)).extracting(StreamMappingsTest::value).containsExactly("b1");
    }

    @Test
    void aStreamNeedsAPlaceToBegin(Account account) {
        Setting setting = Setting.of(account, "");
        Refused.with(
                InvalidParameterValueException.class,
                "InvalidParameterValueException",
                400,
                "tarting",
                () -> account.onceAllowed(
                        "ensure the role can perform",
                        () -> setting.functions()
                                .lambda()
                                .createEventSourceMapping(request ->
                                        request.functionName(setting.function()).eventSourceArn(setting.stream()))));
    }

    @Test
    void aRoleThatMayNotReadIsRefused(Account account) {
        Setting setting = Setting.of(account, "", "sqs:SendMessage");
        Refused.with(
                InvalidParameterValueException.class,
                "InvalidParameterValueException",
                400,
                "Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions",
                () -> setting.functions()
                        .lambda()
                        .createEventSourceMapping(request -> request.functionName(setting.function())
                                .eventSourceArn(setting.stream())
                                .startingPosition(EventSourcePosition.LATEST)));
    }
}
