package virga.services.lambda.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import virga.cloud.Environment;
import virga.cloud.Environment.Carried;
import virga.cloud.Hold;
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
    static final String NOTHING_READ = "";

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
        Optional<String> iterator = Optional.of(iterator(shard));
        try (Window window = new Window(shard)) {
            while (!stop.requested() && iterator.isPresent()) {
                int before = window.records.size();
                int wanted = most - before;
                iterator = records(iterator.get(), wanted, window);
                int taken = window.records.size() - before;
                boolean full = window.records.size() >= most || iterator.isEmpty() || window.isOver();
                if (full && !window.records.isEmpty()) {
                    new Lanes(environment, mapping, principal, batches).deliver(shard, window.handedOver(), stop);
                    if (stop.requested()) {
                        return;
                    }
                    checkpoint(shard, window.records.getLast().sequenceNumber());
                    window.clear();
                }
                if (taken < wanted) {
                    environment.ports().clock().sleep(BETWEEN_POLLS);
                }
            }
        }
    }

    /** What records in hand are held as. */
    static String inHand(Mapping mapping, String shard) {
        return "records of " + shard + " on their way to " + mapping.functionArn() + " by " + mapping.id();
    }

    /** Adds what there is to the window; where to go on. */
    private Optional<String> records(String iterator, int most, Window window) {
        try (Carried<GetRecordsOutput> got = environment.carrying(
                call(),
                DynamoDbStreams.GET_RECORDS,
                GetRecordsInput.builder().shardIterator(iterator).limit(most).build())) {
            List<Taken> taken = new ArrayList<>();
            for (Record record : got.output().records()) {
                Cause fallback = Cause.root(environment.ports().ids().traceId());
                taken.add(new Taken(
                        record, got.causes().getOrDefault(record.eventID().orElseThrow(), fallback)));
            }
            window.add(taken);
            return got.output().nextShardIterator();
        }
    }

    /** What was read and is in hand. It is held until its checkpoint is kept, for until then it seems to wait in the stream. */
    private final class Window implements AutoCloseable {
        private final String shard;
        private final List<Taken> records = new ArrayList<>();
        private Hold hold = Hold.NONE;
        private Instant due = Instant.MAX;

        Window(String shard) {
            this.shard = shard;
        }

        void add(List<Taken> taken) {
            if (taken.isEmpty()) {
                return;
            }
            if (records.isEmpty()) {
                hold = environment.hold(inHand(mapping, shard));
                due = environment
                        .ports()
                        .clock()
                        .now()
                        .plusSeconds(mapping.batching().windowSeconds());
            }
            records.addAll(taken);
            hold.waitsUntil(due, records.stream().map(Taken::cause).toList());
        }

        boolean isOver() {
            return !environment.ports().clock().now().isBefore(due);
        }

        /** The records, on their way to the function. */
        InHand handedOver() {
            hold.goesOn();
            return new InHand(List.copyOf(records), hold);
        }

        void clear() {
            records.clear();
            hold.close();
            hold = Hold.NONE;
            due = Instant.MAX;
        }

        @Override
        public void close() {
            clear();
        }
    }

    /** Records on their way, and what tells that they are. */
    record InHand(List<Taken> records, Hold hold) {}

    private String iterator(String shard) {
        Optional<String> reached = environment.read(reading -> reading.get(key(shard), Codec.UTF8));
        if (reached.isEmpty() && mapping.source().startsAtLatest()) {
            // What is the latest is settled once: found again after a restart, it would pass over what came in between.
            reached = Optional.of(last(shard));
            checkpoint(shard, reached.get());
        }
        return iterator(shard, reached.orElse(NOTHING_READ));
    }

    /** @param reached the number of the last record that was read, or {@link #NOTHING_READ} */
    private String iterator(String shard, String reached) {
        return environment
                .call(
                        call(),
                        DynamoDbStreams.GET_SHARD_ITERATOR,
                        after(mapping, shard, reached).build())
                .shardIterator()
                .orElseThrow();
    }

    static GetShardIteratorInput.Builder after(Mapping mapping, String shard, String reached) {
        GetShardIteratorInput.Builder where = GetShardIteratorInput.builder()
                .streamArn(mapping.source().arn())
                .shardId(shard)
                .shardIteratorType(reached.equals(NOTHING_READ) ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER");
        if (!reached.equals(NOTHING_READ)) {
            where.sequenceNumber(reached);
        }
        return where;
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
