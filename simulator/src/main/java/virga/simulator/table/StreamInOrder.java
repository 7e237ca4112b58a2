package virga.simulator.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import virga.model.Operation;
import virga.model.Structure;
import virga.model.dynamodb.DescribeTableInput;
import virga.model.dynamodb.DynamoDb;
import virga.model.dynamodbstreams.AttributeValue;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.Shard;
import virga.simulator.Reply;
import virga.simulator.SimulatedCloud;
import virga.simulator.schedule.Simulation;

/** Reads a table's whole stream, as a client does, however often the cloud is killed meanwhile. */
final class StreamInOrder {
    private final Simulation simulation;
    private final SimulatedCloud cloud;

    StreamInOrder(Simulation simulation, SimulatedCloud cloud) {
        this.simulation = simulation;
        this.cloud = cloud;
    }

    /** The changes of each key, in the order of its shard. */
    Map<String, List<TableLedger.Step>> read(String table) {
        String stream = call(
                        DynamoDb.DESCRIBE_TABLE,
                        DescribeTableInput.builder().tableName(table).build())
                .table()
                .orElseThrow()
                .latestStreamArn()
                .orElseThrow();
        Map<String, List<TableLedger.Step>> changes = new TreeMap<>();
        List<Shard> shards = call(
                        DynamoDbStreams.DESCRIBE_STREAM,
                        DescribeStreamInput.builder().streamArn(stream).build())
                .streamDescription()
                .orElseThrow()
                .shards();
        for (Shard shard : shards) {
            shard(stream, shard.shardId().orElseThrow()).forEach(entry -> {
                var change = entry.dynamodb().orElseThrow();
                String key = change.keys().get("pk").s().orElseThrow() + "/"
                        + change.keys().get("sk").s().orElseThrow();
                changes.computeIfAbsent(key, unused -> new ArrayList<>())
                        .add(new TableLedger.Step(version(change.oldImage()), version(change.newImage())));
            });
        }
        return changes;
    }

    private static String version(Map<String, AttributeValue> image) {
        return image.isEmpty() ? TableLedger.ABSENT : image.get("v").s().orElseThrow();
    }

    private List<Record> shard(String stream, String shard) {
        List<Record> records = new ArrayList<>();
        Optional<String> next = call(
                        DynamoDbStreams.GET_SHARD_ITERATOR,
                        GetShardIteratorInput.builder()
                                .streamArn(stream)
                                .shardId(shard)
                                .shardIteratorType("TRIM_HORIZON")
                                .build())
                .shardIterator();
        while (next.isPresent()) {
            var page = call(
                    DynamoDbStreams.GET_RECORDS,
                    GetRecordsInput.builder().shardIterator(next.get()).build());
            records.addAll(page.records());
            next = page.records().isEmpty() ? Optional.empty() : page.nextShardIterator();
        }
        return records;
    }

    /** Reads until it is answered; reading again changes nothing. */
    private <I extends Structure, O extends Structure> O call(Operation<I, O> operation, I input) {
        while (true) {
            switch (cloud.call(operation, input)) {
                case Reply.Answered<O>(O output) -> {
                    return output;
                }
                case Reply.Refused<O>(var fault) -> {
                    simulation.fail("the stream can be read", fault.toString());
                    throw fault;
                }
                case Reply.Lost<O> lost -> cloud.sleep(Duration.ofSeconds(1));
            }
        }
    }
}
