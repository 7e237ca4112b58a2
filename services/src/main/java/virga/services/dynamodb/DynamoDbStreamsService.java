package virga.services.dynamodb;

import java.util.List;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.model.ServiceModel;
import virga.model.dynamodbstreams.DynamoDbStreams;

/** Amazon DynamoDB Streams: reads what {@link DynamoDbService} has written about changes. */
public final class DynamoDbStreamsService implements Service {
    private final DynamoDbLimits limits;

    public DynamoDbStreamsService(DynamoDbLimits limits) {
        this.limits = limits;
    }

    @Override
    public ServiceModel model() {
        return DynamoDbStreams.MODEL;
    }

    @Override
    public void bind(Binder binder) {
        StreamLookup lookup = new StreamLookup();
        StreamReading reading = new StreamReading(limits.streams());
        binder.atomic(DynamoDbStreams.LIST_STREAMS, lookup::list);
        binder.atomic(DynamoDbStreams.DESCRIBE_STREAM, lookup::describe)
                .resources((call, input) -> List.of(input.streamArn()));
        binder.conversation(DynamoDbStreams.GET_SHARD_ITERATOR, reading::iterator)
                .resources((call, input) -> List.of(input.streamArn()));
        binder.conversation(DynamoDbStreams.GET_RECORDS, reading::records)
                .resources((call, input) ->
                        List.of(ShardIterator.parse(input.shardIterator()).streamArn()));
    }
}
