package virga.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DescribeStreamOutput;
import virga.model.dynamodbstreams.KeySchemaElement;
import virga.model.dynamodbstreams.ListStreamsInput;
import virga.model.dynamodbstreams.ListStreamsOutput;
import virga.model.dynamodbstreams.ResourceNotFoundException;
import virga.model.dynamodbstreams.SequenceNumberRange;
import virga.model.dynamodbstreams.Shard;
import virga.model.dynamodbstreams.StreamDescription;
import virga.services.dynamodb.item.KeyAttribute;

/** Answers what streams there are, and which shards they have. */
final class StreamLookup {
    private static final int LONGEST_PAGE = 100;

    ListStreamsOutput list(Call call, ListStreamsInput input, UnitOfWork work) {
        int limit = input.limit().orElse(LONGEST_PAGE);
        String after = input.exclusiveStartStreamArn().orElse("");
        List<StreamDefinition> found;
        try (Stream<StreamDefinition> all = StreamDefinition.all(work, call.scope())) {
            found = all.filter(stream -> input.tableName()
                            .map(Tables::name)
                            .orElse(stream.table())
                            .equals(stream.table()))
                    .filter(stream -> stream.arn(call.scope()).compareTo(after) > 0)
                    .limit(limit + 1L)
                    .toList();
        }
        List<StreamDefinition> page = found.size() > limit ? found.subList(0, limit) : found;
        ListStreamsOutput.Builder output = ListStreamsOutput.builder()
                .streams(page.stream()
                        .map(stream -> virga.model.dynamodbstreams.Stream.builder()
                                .streamArn(stream.arn(call.scope()))
                                .tableName(stream.table())
                                .streamLabel(stream.label())
                                .build())
                        .toList());
        if (found.size() > limit) {
            output.lastEvaluatedStreamArn(page.getLast().arn(call.scope()));
        }
        return output.build();
    }

    DescribeStreamOutput describe(Call call, DescribeStreamInput input, UnitOfWork work) {
        if (input.shardFilter().isPresent()) {
            throw Fault.unsupported("dynamodbstreams DescribeStream/ShardFilter");
        }
        StreamDefinition stream = StreamDefinition.find(work, call.scope(), input.streamArn())
                .orElseThrow(() -> notFound(input.streamArn()));
        int limit = input.limit().orElse(LONGEST_PAGE);
        String after = input.exclusiveStartShardId().orElse("");
        List<Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < stream.shards(); shard++) {
            if (stream.shardId(shard).compareTo(after) > 0) {
                shards.add(shard(work, stream, shard));
            }
        }
        List<Shard> page = shards.size() > limit ? shards.subList(0, limit) : shards;
        StreamDescription.Builder shown = StreamDescription.builder()
                .streamArn(input.streamArn())
                .streamLabel(stream.label())
                .streamStatus(stream.life().isOn() ? "ENABLED" : "DISABLED")
                .streamViewType(stream.viewType())
                .creationRequestDateTime(stream.life().createdAt())
                .tableName(stream.table())
                .keySchema(key(stream))
                .shards(page);
        if (shards.size() > limit) {
            page.getLast().shardId().ifPresent(shown::lastEvaluatedShardId);
        }
        return DescribeStreamOutput.builder().streamDescription(shown.build()).build();
    }

    private static Shard shard(UnitOfWork work, StreamDefinition stream, int shard) {
        SequenceNumberRange.Builder range =
                SequenceNumberRange.builder().startingSequenceNumber(SequenceNumbers.text(1));
        if (!stream.life().isOn()) {
            range.endingSequenceNumber(SequenceNumbers.text(StreamReading.last(work, stream, shard)));
        }
        return Shard.builder()
                .shardId(stream.shardId(shard))
                .sequenceNumberRange(range.build())
                .build();
    }

    private static List<KeySchemaElement> key(StreamDefinition stream) {
        List<KeySchemaElement> elements = new ArrayList<>();
        for (KeyAttribute attribute : stream.key().attributes()) {
            elements.add(KeySchemaElement.builder()
                    .attributeName(attribute.name())
                    .keyType(elements.isEmpty() ? "HASH" : "RANGE")
                    .build());
        }
        return elements;
    }

    static ResourceNotFoundException notFound(String arn) {
        return new ResourceNotFoundException("Requested resource not found: Stream: " + arn + " not found");
    }
}
