package virga.services.lambda.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Environment.Carried;
import virga.cloud.Poller.Stop;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Threads;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.dynamodbstreams.GetRecordsInput;
import virga.model.dynamodbstreams.GetRecordsOutput;
import virga.model.dynamodbstreams.GetShardIteratorInput;
import virga.model.dynamodbstreams.Record;
import virga.model.dynamodbstreams.Shard;
import virga.store.Codec;
import virga.store.Key;

/**
 * Reads each shard of a table's stream on a thread of its own, in order, four times a second, and hands over what a batch may hold or its
 * window has gathered. Source: "Using AWS Lambda with Amazon DynamoDB", AWS Lambda Developer Guide.
 */
final class StreamPoller {
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);
    private static final int MOST_PER_POLL = 1000;
    private static final String NOTHING_READ = "";

    private final Environment environment;
    private final Mapping mapping;
    private final Principal principal;
    private final StreamBatch batches;

    StreamPoller(Environment environment, Mapping mapping, Principal principal, StreamBatch batches) {
        this.environment = environment;
        this.mapping = mapping;
        this.principal = principal;
        this.batches = batches;
    }

    /** A stream record with its hidden cause. */
    record Taken(Record record, Cause cause) {
        String sequenceNumber() {
            return record.dynamodb().flatMap(change -> change.sequenceNumber()).orElseThrow();
        }
    }

    void run(Stop stop) throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        try {
            for (String shard : shards(stop)) {
                readers.add(environment
                        .ports()
                        .threads()
                        .start("mapping-" + mapping.id() + "-" + shard, () -> readWhole(shard, stop)));
            }
            for (Thread reader : readers) {
                reader.join();
            }
        } finally {
            // Until then a shard has a reader: its successor would hand the function the same records beside it.
            Threads.end(readers);
        }
    }

    private List<String> shards(Stop stop) throws InterruptedException {
        while (!stop.requested()) {
            try {
                return environment
                        .call(
                                call(),
                                DynamoDbStreams.DESCRIBE_STREAM,
                                DescribeStreamInput.builder()
                                        .streamArn(mapping.source().arn())
                                        .build())
                        .streamDescription()
                        .orElseThrow()
                        .shards()
                        .stream()
                        .map(Shard::shardId)
                        .flatMap(Optional::stream)
                        .toList();
            } catch (Fault goneOrDenied) {
                environment.ports().clock().sleep(PAUSE_AFTER_FAULT);
            }
        }
        return List.of();
    }

    private Call call() {
        return environment
                .newCall(
                        mapping.scope(),
                        principal,
                        Cause.root(environment.ports().ids().traceId()))
                .counted();
    }

    private void readWhole(String shard, Stop stop) {
        try {
            while (!stop.requested()) {
                try {
                    read(shard, stop);
                } catch (Fault expiredOrDenied) {
                    environment.ports().clock().sleep(PAUSE_AFTER_FAULT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads from the checkpoint on until the shard ends, the iterator expires or the mapping stops. */
    private void read(String shard, Stop stop) throws InterruptedException {
        int most = Math.min(
                MOST_PER_POLL, mapping.batching().size() * mapping.batching().parallel());
        List<Taken> gathered = new ArrayList<>();
        Instant due = Instant.MAX;
        Optional<String> iterator = Optional.of(iterator(shard));
        while (!stop.requested() && iterator.isPresent()) {
            int wanted = most - gathered.size();
            Carried<GetRecordsOutput> got = environment.carrying(
                    call(),
                    DynamoDbStreams.GET_RECORDS,
                    GetRecordsInput.builder()
                            .shardIterator(iterator.get())
                            .limit(wanted)
                            .build());
            List<Taken> taken = taken(got);
            iterator = got.output().nextShardIterator();
            Instant now = environment.ports().clock().now();
            if (gathered.isEmpty()) {
                due = now.plusSeconds(mapping.batching().windowSeconds());
            }
            gathered.addAll(taken);
            boolean full = gathered.size() >= most || iterator.isEmpty() || !now.isBefore(due);
            if (full && !gathered.isEmpty()) {
                new Lanes(environment, mapping, principal, batches).deliver(shard, gathered, stop);
                if (stop.requested()) {
                    return;
                }
                checkpoint(shard, gathered.getLast().sequenceNumber());
                gathered.clear();
            }
            if (taken.size() < wanted) {
                environment.ports().clock().sleep(BETWEEN_POLLS);
            }
        }
    }

    private List<Taken> taken(Carried<GetRecordsOutput> got) {
        List<Taken> taken = new ArrayList<>();
        for (Record record : got.output().records()) {
            Cause fallback = Cause.root(environment.ports().ids().traceId());
            taken.add(
                    new Taken(record, got.causes().getOrDefault(record.eventID().orElseThrow(), fallback)));
        }
        return taken;
    }

    private String iterator(String shard) {
        Optional<String> reached = environment.read(reading -> reading.get(key(shard), Codec.UTF8));
        if (reached.isEmpty() && mapping.source().position().equals("LATEST")) {
            // What is the latest is settled once: found again after a restart, it would pass over what came in between.
            reached = Optional.of(last(shard));
            checkpoint(shard, reached.get());
        }
        return iterator(shard, reached.orElse(NOTHING_READ));
    }

    /** @param reached the number of the last record that was read, or {@link #NOTHING_READ} */
    private String iterator(String shard, String reached) {
        GetShardIteratorInput.Builder where = GetShardIteratorInput.builder()
                .streamArn(mapping.source().arn())
                .shardId(shard)
                .shardIteratorType(reached.equals(NOTHING_READ) ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER");
        if (!reached.equals(NOTHING_READ)) {
            where.sequenceNumber(reached);
        }
        return environment
                .call(call(), DynamoDbStreams.GET_SHARD_ITERATOR, where.build())
                .shardIterator()
                .orElseThrow();
    }

    /** The number of the shard's last record; {@link #NOTHING_READ} where it has none. */
    private String last(String shard) {
        String last = NOTHING_READ;
        Optional<String> iterator = Optional.of(iterator(shard, NOTHING_READ));
        while (iterator.isPresent()) {
            GetRecordsOutput page = environment.call(
                    call(),
                    DynamoDbStreams.GET_RECORDS,
                    GetRecordsInput.builder().shardIterator(iterator.get()).build());
            if (page.records().isEmpty()) {
                return last;
            }
            last = page.records()
                    .getLast()
                    .dynamodb()
                    .flatMap(change -> change.sequenceNumber())
                    .orElseThrow();
            iterator = page.nextShardIterator();
        }
        return last;
    }

    private void checkpoint(String shard, String sequenceNumber) {
        environment.transact(call(), work -> {
            work.put(key(shard), sequenceNumber, Codec.UTF8);
            return null;
        });
    }

    private Key key(String shard) {
        return MappingKeys.CHECKPOINT.key(mapping.id(), shard);
    }
}
