package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class TableStreamsTest {
    private static List<Record> readAll(Account account, DynamoDbStreamsClient streams, String arn, int expected) {
        return account.eventually(
                () -> {
                    List<Record> records = new ArrayList<>();
                    streams.describeStream(request -> request.streamArn(arn))
                            .streamDescription()
                            .shards()
                            .forEach(shard -> {
                                String iterator = streams.getShardIterator(request -> request.streamArn(arn)
                                                .shardId(shard.shardId())
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                        .shardIterator();
                                records.addAll(streams.getRecords(request -> request.shardIterator(iterator))
                                        .records());
                            });
                    return records;
                },
                records -> records.size() >= expected);
    }

    @Test
    void everyChangeOfAnItemIsARecordInOrder(Account account) {
        DynamoDbClient dynamo = account.client(DynamoDbClient.builder());
        DynamoDbStreamsClient streams = account.client(DynamoDbStreamsClient.builder());
        String table = TablesTest.table(account, dynamo);
        dynamo.updateTable(request -> request.tableName(table)
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        var described = dynamo.waiter()
                .waitUntilTableExists(request -> request.tableName(table), account.waiting())
                .matched()
                .response()
                .orElseThrow()
                .table();
        String arn = described.latestStreamArn();
        account.eventually(
                () -> streams.describeStream(request -> request.streamArn(arn))
                        .streamDescription()
                        .streamStatus(),
                StreamStatus.ENABLED::equals);
        var before = TablesTest.station("NO", "Bergen", "Bergen", 1);
        var after = TablesTest.station("NO", "Bergen", "Bergen", 2);
        dynamo.putItem(request -> request.tableName(table).item(before));
        dynamo.putItem(request -> request.tableName(table).item(before));
        dynamo.putItem(request -> request.tableName(table).item(after));
        var key = Map.of("country", AttributeValue.fromS("NO"), "name", AttributeValue.fromS("Bergen"));
        dynamo.deleteItem(request -> request.tableName(table).key(key));
        List<Record> records = readAll(account, streams, arn, 3);
        assertThat(records)
                .as("a write that changes nothing leaves no record")
                .extracting(Record::eventName)
                .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
        assertThat(records.get(1).dynamodb().oldImage()).isEqualTo(before);
        assertThat(records.get(1).dynamodb().newImage()).isEqualTo(after);
        assertThat(records.get(2).dynamodb().keys()).isEqualTo(key);
        assertThat(streams.listStreams(request -> request.tableName(table)).streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.streamArn()).isEqualTo(arn));
    }

    @Test
    void aStreamThatIsNotThereIsRefused(Account account) {
        DynamoDbStreamsClient streams = account.client(DynamoDbStreamsClient.builder());
        Refused.with(
                ResourceNotFoundException.class,
                "ResourceNotFoundException",
                400,
                "Requested resource not found",
                () -> streams.describeStream(request -> request.streamArn(
                        "arn:aws:dynamodb:eu-central-1:000000000000:table/none/stream/2026-01-01T00:00:00.000")));
    }
}
