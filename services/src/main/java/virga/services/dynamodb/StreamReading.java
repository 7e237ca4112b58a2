package virga.services.dynamodb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import virga.cloud.Exchange;
import virga.cloud.Faults;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.dynamodbstreams.ExpiredIteratorException;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetRecordsOutput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.GetShardIteratorOutput;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.ResourceNotFoundException;
import virga.model.dynamodbstreams.TrimmedDataAccessException;
import virga.store.KeyRange;
import virga.store.Reading;

/** Reads the records of a shard, from a place on. Source: "Amazon DynamoDB Streams", API Reference. */
final class StreamReading {
    private final DynamoDbLimits.Streams limits;

    StreamReading(DynamoDbLimits.Streams limits) {
        this.limits = limits;
    }

    /** One kept record with its number. */
    private record Numbered(long sequence, StreamLog.Entry entry) {}

    private record Page(List<Numbered> records, String viewType, boolean atEnd, long next) {}

    GetShardIteratorOutput iterator(Call call, GetShardIteratorInput input, Exchange exchange) {
        ShardIterator iterator = exchange.read(reading -> {
            StreamDefinition stream = StreamDefinition.find(reading, call.scope(), input.streamArn())
                    .orElseThrow(() -> StreamLookup.notFound(input.streamArn()));
            int shard = shard(stream, input);
            long next = next(reading, call, stream, shard, input);
            return new ShardIterator(input.streamArn(), shard, next, call.at());
        });
        return GetShardIteratorOutput.builder().shardIterator(iterator.text()).build();
    }

    GetRecordsOutput records(Call call, GetRecordsInput input, Exchange exchange) {
        ShardIterator iterator = ShardIterator.parse(input.shardIterator());
        Instant expiry = iterator.issuedAt().plus(limits.iteratorLife());
        if (call.at().isAfter(expiry)) {
            throw new ExpiredIteratorException(
                    "Iterator expired. The iterator was created at time " + iterator.issuedAt()
                            + " while right now it is " + call.at()
                            + " which is further in the future than the tolerated delay of "
                            + limits.iteratorLife().toMillis() + " milliseconds.");
        }
        int limit = Math.min(input.limit().orElse(Integer.MAX_VALUE), limits.recordsPerRead());
        Page page = exchange.read(reading -> page(reading, call, iterator, limit));
        List<Record> shown = new ArrayList<>();
        for (Numbered numbered : page.records()) {
            exchange.carry(numbered.entry().eventId(), numbered.entry().cause());
            shown.add(StreamRecords.shown(numbered.entry(), numbered.sequence(), page.viewType(), call.region()));
        }
        GetRecordsOutput.Builder output = GetRecordsOutput.builder().records(shown);
        if (!page.atEnd()) {
            output.nextShardIterator(
                    new ShardIterator(iterator.streamArn(), iterator.shard(), page.next(), call.at()).text());
        }
        return output.build();
    }

    /** The number of the last record that a shard ever got; 0 where it got none. */
    static long last(Reading reading, StreamDefinition stream, int shard) {
        return reading.get(DynamoDbKeys.STREAM_SEQUENCE.key(stream.id(), (long) shard), StreamLog.Sequence.CODEC)
                .map(StreamLog.Sequence::last)
                .orElse(0L);
    }

    private Page page(Reading reading, Call call, ShardIterator iterator, int limit) {
        StreamDefinition stream = StreamDefinition.find(reading, call.scope(), iterator.streamArn())
                .orElseThrow(() -> StreamLookup.notFound(iterator.streamArn()));
        long last = last(reading, stream, iterator.shard());
        if (iterator.next() <= last && iterator.next() < oldest(reading, call, stream, iterator.shard())) {
            throw trimmed();
        }
        KeyRange shard = DynamoDbKeys.STREAM_RECORD.range(stream.id(), (long) iterator.shard());
        KeyRange range =
                shard.startingAt(DynamoDbKeys.STREAM_RECORD.key(stream.id(), (long) iterator.shard(), iterator.next()));
        List<Numbered> records = new ArrayList<>();
        long bytes = 0;
        try (Stream<Reading.Entry> entries = reading.scan(range)) {
            Iterator<Reading.Entry> each = entries.iterator();
            while (records.size() < limit && each.hasNext()) {
                Reading.Entry found = each.next();
                StreamLog.Entry entry = StreamLog.Entry.CODEC.decode(found.value());
                bytes += entry.bytes();
                if (!records.isEmpty() && bytes > limits.bytesPerRead()) {
                    break;
                }
                records.add(new Numbered(DynamoDbKeys.STREAM_RECORD.number(found.key(), 2), entry));
            }
        }
        long next = records.isEmpty() ? iterator.next() : records.getLast().sequence() + 1;
        boolean atEnd = !stream.life().isOn() && next > last;
        return new Page(records, stream.viewType(), atEnd, next);
    }

    private static int shard(StreamDefinition stream, GetShardIteratorInput input) {
        for (int shard = 0; shard < stream.shards(); shard++) {
            if (stream.shardId(shard).equals(input.shardId())) {
                return shard;
            }
        }
        throw new ResourceNotFoundException("Requested resource not found: Shard: " + input.shardId() + " in Stream: "
                + input.streamArn() + " not found");
    }

    private long next(Reading reading, Call call, StreamDefinition stream, int shard, GetShardIteratorInput input) {
        long last = last(reading, stream, shard);
        return switch (input.shardIteratorType()) {
            case "LATEST" -> last + 1;
            case "TRIM_HORIZON" -> oldest(reading, call, stream, shard);
            case "AT_SEQUENCE_NUMBER" -> kept(reading, call, stream, shard, number(input), last);
            case "AFTER_SEQUENCE_NUMBER" -> kept(reading, call, stream, shard, number(input) + 1, last);
            default -> throw Faults.validation("Invalid ShardIteratorType: " + input.shardIteratorType());
        };
    }

    private static long number(GetShardIteratorInput input) {
        return SequenceNumbers.parse(input.sequenceNumber()
                .orElseThrow(() -> Faults.validation(
                        "SequenceNumber is required for ShardIteratorType " + input.shardIteratorType())));
    }

    private long kept(Reading reading, Call call, StreamDefinition stream, int shard, long next, long last) {
        if (next > last + 1) {
            throw Faults.validation("Invalid SequenceNumber: it is beyond the end of the shard");
        }
        if (next < oldest(reading, call, stream, shard)) {
            throw trimmed();
        }
        return next;
    }

    /** The number of the oldest record that may still be read; the next one's where there is none. */
    private long oldest(Reading reading, Call call, StreamDefinition stream, int shard) {
        Instant horizon = call.at().minus(limits.retention());
        try (Stream<Reading.Entry> entries =
                reading.scan(DynamoDbKeys.STREAM_RECORD.range(stream.id(), (long) shard))) {
            OptionalLong oldest = entries.filter(entry ->
                            !StreamLog.Entry.CODEC.decode(entry.value()).at().isBefore(horizon))
                    .mapToLong(entry -> DynamoDbKeys.STREAM_RECORD.number(entry.key(), 2))
                    .findFirst();
            return oldest.orElseGet(() -> last(reading, stream, shard) + 1);
        }
    }

    private static Fault trimmed() {
        return new TrimmedDataAccessException(
                "The operation attempted to read past the oldest stream record in a shard.");
    }
}
