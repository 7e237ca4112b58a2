package virga.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static virga.services.dynamodb.TestingTables.item;
import static virga.services.dynamodb.TestingTables.simple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import virga.cloud.Environment.Carried;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.model.dynamodb.DeleteItemInput;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodb.PutItemInput;
import virga.model.dynamodb.StreamSpecification;
import virga.model.dynamodb.TimeToLiveSpecification;
import virga.model.dynamodb.UpdateTableInput;
import virga.model.dynamodb.UpdateTimeToLiveInput;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.ExpiredIteratorException;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetRecordsOutput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.ListStreamsInput;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.Shard;
import virga.model.dynamodbstreams.StreamDescription;
import virga.model.dynamodbstreams.TrimmedDataAccessException;

@Timeout(60)
final class StreamsTest {
    private final TestingTables tables =
            new TestingTables(DynamoDbLimits.tiny(), new DynamoDbStreamsService(DynamoDbLimits.tiny()));
    private String stream;

    @BeforeEach
    void create() {
        tables.create(simple("orders")
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType("NEW_AND_OLD_IMAGES")
                        .build()));
        tables.cloud.advance(Duration.ofSeconds(1));
        stream = tables.call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName("orders").build())
                .table()
                .orElseThrow()
                .latestStreamArn()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private StreamDescription describe() {
        return tables.call(
                        DynamoDbStreams.DESCRIBE_STREAM,
                        DescribeStreamInput.builder().streamArn(stream).build())
                .streamDescription()
                .orElseThrow();
    }

    private String iterator(Shard shard, String type) {
        return tables.call(
                        DynamoDbStreams.GET_SHARD_ITERATOR,
                        GetShardIteratorInput.builder()
                                .streamArn(stream)
                                .shardId(shard.shardId().orElseThrow())
                                .shardIteratorType(type)
                                .build())
                .shardIterator()
                .orElseThrow();
    }

    private GetRecordsOutput records(String iterator) {
        return tables.call(
                DynamoDbStreams.GET_RECORDS,
                GetRecordsInput.builder().shardIterator(iterator).build());
    }

    /** Everything in the stream, shard by shard. */
    private List<Record> all() {
        List<Record> all = new ArrayList<>();
        for (Shard shard : describe().shards()) {
            String iterator = iterator(shard, "TRIM_HORIZON");
            while (true) {
                GetRecordsOutput page = records(iterator);
                all.addAll(page.records());
                if (page.records().isEmpty() || page.nextShardIterator().isEmpty()) {
                    break;
                }
                iterator = page.nextShardIterator().get();
            }
        }
        return all;
    }

    private void delete(String id) {
        tables.call(
                DynamoDb.DELETE_ITEM,
                DeleteItemInput.builder()
                        .tableName("orders")
                        .key(item("{\"id\":{\"S\":\"" + id + "\"}}"))
                        .build());
    }

    @Test
    void everyChangeOfAnItemIsRecordedInOrder() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}");
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"2\"}}");
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"2\"}}");
        delete("1");

        List<Record> records = all();
        assertThat(records)
                .extracting(record -> record.eventName().orElseThrow())
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        var modified = records.get(1).dynamodb().orElseThrow();
        assertThat(modified.oldImage().get("n").n()).contains("1");
        assertThat(modified.newImage().get("n").n()).contains("2");
        assertThat(modified.keys()).containsOnlyKeys("id");
        assertThat(records)
                .extracting(record ->
                        record.dynamodb().orElseThrow().sequenceNumber().orElseThrow())
                .isSorted();
        assertThat(records.get(2).dynamodb().orElseThrow().hasNewImage()).isFalse();
    }

    @Test
    void aRecordCarriesTheCallThatCausedItWhereClientsDoNotSeeIt() {
        Call writing = tables.cloud.call();
        tables.cloud
                .environment()
                .call(
                        writing,
                        DynamoDb.PUT_ITEM,
                        PutItemInput.builder()
                                .tableName("orders")
                                .item(item("{\"id\":{\"S\":\"1\"}}"))
                                .build());
        List<Cause> causes = new ArrayList<>();
        for (Shard shard : describe().shards()) {
            Carried<GetRecordsOutput> carried = tables.cloud
                    .environment()
                    .carrying(
                            tables.cloud.call(),
                            DynamoDbStreams.GET_RECORDS,
                            GetRecordsInput.builder()
                                    .shardIterator(iterator(shard, "TRIM_HORIZON"))
                                    .build());
            carried.output()
                    .records()
                    .forEach(record ->
                            causes.add(carried.causes().get(record.eventID().orElseThrow())));
        }

        assertThat(causes).containsExactly(writing.causeOfWhatFollows("dynamodb-stream"));
    }

    @Test
    void latestBeginsAfterWhatIsThere() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"}}");
        List<String> iterators = describe().shards().stream()
                .map(shard -> iterator(shard, "LATEST"))
                .toList();
        delete("1");

        assertThat(iterators.stream().flatMap(each -> records(each).records().stream()))
                .singleElement()
                .satisfies(record -> assertThat(record.eventName()).contains("REMOVE"));
    }

    @Test
    void anIteratorExpires() {
        String iterator = iterator(describe().shards().getFirst(), "LATEST");
        tables.cloud.advance(Duration.ofMinutes(16));

        assertThatThrownBy(() -> records(iterator)).isInstanceOf(ExpiredIteratorException.class);
        assertThatThrownBy(() -> records("x")).hasMessage("Invalid ShardIterator");
    }

    @Test
    void recordsAreKeptForADay() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"}}");
        Record record = all().getFirst();
        tables.cloud.advance(Duration.ofHours(24).plusSeconds(1));
        tables.settle();

        assertThat(all()).isEmpty();
        assertThat(describe().shards())
                .anySatisfy(shard -> assertThatThrownBy(() -> tables.call(
                                DynamoDbStreams.GET_SHARD_ITERATOR,
                                GetShardIteratorInput.builder()
                                        .streamArn(stream)
                                        .shardId(shard.shardId().orElseThrow())
                                        .shardIteratorType("AT_SEQUENCE_NUMBER")
                                        .sequenceNumber(record.dynamodb()
                                                .orElseThrow()
                                                .sequenceNumber()
                                                .orElseThrow())
                                        .build()))
                        .isInstanceOf(TrimmedDataAccessException.class));
    }

    @Test
    void aStreamThatIsOffCanBeReadToItsEndAndIsGoneAfterADay() {
        tables.put("orders", "{\"id\":{\"S\":\"1\"}}");
        tables.call(
                DynamoDb.UPDATE_TABLE,
                UpdateTableInput.builder()
                        .tableName("orders")
                        .streamSpecification(StreamSpecification.builder()
                                .streamEnabled(false)
                                .build())
                        .build());
        delete("1");

        assertThat(describe().streamStatus()).contains("DISABLED");
        assertThat(all()).hasSize(1);
        assertThat(records(iterator(describe().shards().getFirst(), "LATEST")).nextShardIterator())
                .isEmpty();
        tables.cloud.advance(Duration.ofHours(25));
        tables.settle();
        assertThat(tables.call(
                                DynamoDbStreams.LIST_STREAMS,
                                ListStreamsInput.builder().build())
                        .streams())
                .isEmpty();
    }

    @Test
    void anExpiredItemWasDeletedByDynamoDb() {
        long soon = tables.cloud.call().at().plusSeconds(600).getEpochSecond();
        tables.call(
                DynamoDb.UPDATE_TIME_TO_LIVE,
                UpdateTimeToLiveInput.builder()
                        .tableName("orders")
                        .timeToLiveSpecification(TimeToLiveSpecification.builder()
                                .enabled(true)
                                .attributeName("ttl")
                                .build())
                        .build());
        tables.put("orders", "{\"id\":{\"S\":\"1\"},\"ttl\":{\"N\":\"" + soon + "\"}}");
        tables.cloud.advance(Duration.ofMinutes(12));
        tables.settle();

        Record last = all().getLast();
        assertThat(last.eventName()).contains("REMOVE");
        assertThat(last.userIdentity().orElseThrow().principalId()).contains("dynamodb.amazonaws.com");
    }
}
