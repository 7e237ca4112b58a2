package virga.services.dynamodb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Principal;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;

/** Deletes stream records when they have been kept long enough, and at last the stream that was switched off. */
final class StreamTrim implements TaskHandler<StreamTrim.Old> {
    /** What one shard got before {@code until}. */
    record Old(String table, String label, String stream, long shard, Instant until) {}

    static final TaskKind<Old> KIND = new TaskKind<>("dynamodb/trim-stream", RecordCodec.of(Old.class));
    /** The timers are set where the limits are not at hand; a longer retention puts them off. */
    private static final Duration SOONEST = Duration.ofHours(24);

    private static final int DELETED_AT_ONCE = 500;

    private final Duration retention;

    StreamTrim(DynamoDbLimits.Streams limits) {
        this.retention = limits.retention();
    }

    /** Sees to it that what {@code shard} gets before {@code until} is deleted in time. */
    static void schedule(UnitOfWork work, Table table, long shard, Instant until) {
        String stream = StreamDefinition.id(table);
        Old old = new Old(table.name(), table.stream().label(), stream, shard, until);
        work.schedule(KIND, stream + "/" + shard + "/" + until.getEpochSecond(), until.plus(SOONEST), old);
    }

    @Override
    public Result run(Task<Old> task, Environment environment) {
        Old old = task.payload();
        Call call = environment.newCall(
                task.scope(),
                new Principal.Service(task.scope().account(), "dynamodb.amazonaws.com", ""),
                task.cause());
        Instant ripe = old.until().plus(retention);
        if (call.at().isBefore(ripe)) {
            return Result.again(ripe);
        }
        while (environment.transact(call, work -> deleteSome(work, call, old))) {
            // Each step is short, so that writers to the stream need not wait.
        }
        return Result.DONE;
    }

    private boolean deleteSome(UnitOfWork work, Call call, Old old) {
        List<Key> keys;
        try (Stream<Reading.Entry> entries = work.scan(DynamoDbKeys.STREAM_RECORD.range(old.stream(), old.shard()))) {
            keys = entries.takeWhile(entry ->
                            StreamLog.Entry.CODEC.decode(entry.value()).at().isBefore(old.until()))
                    .limit(DELETED_AT_ONCE)
                    .map(Reading.Entry::key)
                    .toList();
        }
        keys.forEach(work::delete);
        if (keys.size() == DELETED_AT_ONCE) {
            return true;
        }
        Optional<StreamDefinition> ended = StreamDefinition.find(work, call.scope(), old.table(), old.label())
                .filter(stream -> stream.id().equals(old.stream()))
                .filter(stream -> !stream.life().isOn())
                .filter(stream -> !call.at().isBefore(stream.life().disabledAt().plus(retention)));
        ended.ifPresent(stream -> {
            stream.delete(work, call.scope());
            work.delete(DynamoDbKeys.STREAM_RECORD.range(stream.id()));
            work.delete(DynamoDbKeys.STREAM_SEQUENCE.range(stream.id()));
        });
        return false;
    }
}
